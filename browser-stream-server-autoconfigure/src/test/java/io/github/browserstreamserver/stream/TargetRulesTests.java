/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TargetRules}.
 */
class TargetRulesTests {

	@ParameterizedTest
	@ValueSource(strings = { "a", "SERVER_NAME", "a name/with things?", "gr\u00fc\u00df", "\u65e5\u672c",
			"\ud83d\ude00", "\u0627\u0644\u0639" })
	void allowsWhatCanBeSeen(String name) {
		assertThat(TargetRules.fault(name)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u200bb", "a\u202eb", "\u2066a", "a\ufeff", "a\u00adb", "a\u00a0b", "a\u2028b", "\u3164",
			"a\ufe0f", "\udb40\udc41" })
	void refusesWhatCannotBeSeenOrLooksLikeASpace(String name) {
		assertThat(TargetRules.fault(name)).contains("cannot be seen");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0000", "\n", "a\u007f", "\u0085" })
	void refusesControlCharacters(String name) {
		assertThat(TargetRules.fault(name)).isEqualTo("has control characters");
	}

	@Test
	void refusesTheSameLettersInAnotherForm() {
		assertThat(TargetRules.fault("\u00e9")).isNull();
		assertThat(TargetRules.fault("e\u0301")).contains("normalization form C");
	}

	@Test
	void refusesHalfOfASurrogatePair() {
		assertThat(TargetRules.fault("a\ud83d")).contains("surrogate");
	}

	@Test
	void boundsTheLengthInBytes() {
		assertThat(TargetRules.fault("")).startsWith("has 0 bytes");
		assertThat(TargetRules.fault("x".repeat(255))).isNull();
		assertThat(TargetRules.fault("x".repeat(256))).startsWith("has 256 bytes");
		assertThat(TargetRules.fault("\u00fc".repeat(127))).isNull();
		assertThat(TargetRules.fault("\u00fc".repeat(128))).startsWith("has 256 bytes");
	}

}
