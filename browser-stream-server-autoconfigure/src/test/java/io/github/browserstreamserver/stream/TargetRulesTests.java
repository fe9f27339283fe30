/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TargetRules}.
 */
class TargetRulesTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource("good")
	void allowsTheGoodVectors(Vector vector) {
		assertThat(TargetRules.fault(vector.text())).isNull();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("bad")
	void refusesTheBadVectors(Vector vector) {
		assertThat(TargetRules.fault(vector.text())).isNotNull();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("relay")
	void refusesJoinersAndSelectorsWhereTheyCannotBeSeen(Vector vector) {
		assertThat(TargetRules.fault(vector.text())).matches("has the character U\\+[0-9A-F]+ where it cannot be seen");
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
	void namesTheJoinerThatCannotBeSeen() {
		assertThat(TargetRules.fault("\u2764\ufe0f a\u200db"))
			.isEqualTo("has the character U+200D where it cannot be seen");
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

	private static List<Vector> good() {
		return vectors("good");
	}

	private static List<Vector> bad() {
		return vectors("bad");
	}

	private static List<Vector> relay() {
		return vectors("relay");
	}

	private static List<Vector> vectors(String group) {
		InputStream file = Objects.requireNonNull(TargetRulesTests.class.getResourceAsStream("/vectors/names.json"));
		return new JsonMapper().readTree(file)
			.get(group)
			.valueStream()
			.map((vector) -> new Vector(vector.get("name").asString(), vector.get("text").asString()))
			.toList();
	}

	/**
	 * An entry of {@code vectors/names.json}.
	 *
	 * @param name what it is about
	 * @param text the name or path
	 */
	record Vector(String name, String text) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
