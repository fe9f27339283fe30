/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.github.browserstreamserver.stream.JoinerTable.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JoinerRules} and its table, beside {@code vectors/names.json}.
 */
class JoinerRulesTests {

	private static final String SKIN_TONE = Character.toString(0x1f3fb);

	@Test
	void allowsEachListedSequenceInEachSkinTone() {
		assertThat(JoinerTable.sequences()).hasSizeGreaterThan(400).allSatisfy((sequence) -> {
			for (int tone = 0x1f3fb; tone <= 0x1f3ff; tone++) {
				String coloured = sequence.replace(SKIN_TONE, Character.toString(tone));
				assertThat(TargetRules.fault(coloured)).isNull();
				assertThat(TargetRules.fault("a" + coloured + "b")).isNull();
			}
		});
	}

	@Test
	void refusesAJoinerBehindEachListedSequence() {
		assertThat(JoinerTable.sequences()).allSatisfy((sequence) -> {
			assertThat(TargetRules.fault(sequence + "\u200d")).isNotNull();
			assertThat(TargetRules.fault(sequence + "\u200da")).isNotNull();
		});
	}

	@Test
	void allowsASelectorBehindEachEmojiThatHasTwoForms() {
		int[] bases = codePoints().filter((each) -> JoinerTable.has(each, Property.VARIATION_BASE)).toArray();
		// 371 in emoji-variation-sequences.txt of Unicode 17, but for #, * and ten digits
		assertThat(bases).hasSize(359);
		for (int base : bases) {
			assertThat(TargetRules.fault(Character.toString(base) + "\ufe0f")).isNull();
			assertThat(TargetRules.fault(Character.toString(base) + "\ufe0e")).isNull();
		}
	}

	@Test
	void allowsASelectorBehindNothingElse() {
		Set<Integer> allowed = new TreeSet<>();
		codePoints().filter((each) -> !JoinerTable.has(each, Property.VARIATION_BASE))
			.filter((each) -> JoinerRules.isVisible(new int[] { each, 0xfe0f }, 1))
			.forEach(allowed::add);
		assertThat(allowed).isEmpty();
	}

	@Test
	void knowsBothEndsOfARangeAndNothingBeside() {
		assertThat(IntStream.of(0xd3a, 0xd3b, 0xd3c, 0xd3d, 0x94c, 0x94d, 0x94e))
			.filteredOn((each) -> JoinerTable.has(each, Property.VIRAMA))
			.containsExactly(0xd3b, 0xd3c, 0x94d);
	}

	private static IntStream codePoints() {
		return IntStream.rangeClosed(1, Character.MAX_CODE_POINT);
	}

}
