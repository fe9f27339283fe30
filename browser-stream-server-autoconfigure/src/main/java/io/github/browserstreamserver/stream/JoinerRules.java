/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import io.github.browserstreamserver.stream.JoinerTable.Property;

/**
 * Where a name may have joiners, variation selectors and tags: only where they change how
 * the text beside them looks. Everywhere else they cannot be seen. Emoji need them as UTS
 * 51 lists them, and the spelling of some languages as RFC 5892 has it (appendix A.1 and
 * A.2).
 */
final class JoinerRules {

	private static final int ZERO_WIDTH_NON_JOINER = 0x200c;

	private static final int ZERO_WIDTH_JOINER = 0x200d;

	private static final int TEXT_STYLE = 0xfe0e;

	private static final int EMOJI_STYLE = 0xfe0f;

	private static final int KEYCAP = 0x20e3;

	private static final int FIRST_TAG = 0xe0020;

	private static final int LAST_TAG = 0xe007f;

	private static final int FIRST_SKIN_TONE = 0x1f3fb;

	private static final int LAST_SKIN_TONE = 0x1f3ff;

	/** Beyond both ends of a text. */
	private static final int NONE = 0;

	private JoinerRules() {
	}

	/**
	 * Tells whether these rules are about a code point.
	 * @param codePoint any
	 * @return whether it depends on its neighbours that it can be seen
	 */
	static boolean appliesTo(int codePoint) {
		return codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER || codePoint == TEXT_STYLE
				|| codePoint == EMOJI_STYLE || isTag(codePoint);
	}

	/**
	 * Judges one code point to which these rules apply.
	 * @param text code points
	 * @param index which of them
	 * @return whether it can be seen where it is
	 */
	static boolean isVisible(int[] text, int index) {
		return switch (text[index]) {
			case ZERO_WIDTH_NON_JOINER -> isBehindVirama(text, index) || isBetweenJoiningLetters(text, index);
			case ZERO_WIDTH_JOINER -> isBehindVirama(text, index) || isInSequence(text, index);
			case TEXT_STYLE -> isBehindVariationBase(text, index);
			case EMOJI_STYLE -> isBehindVariationBase(text, index) || isInKeycap(text, index);
			default -> isInSequence(text, index);
		};
	}

	private static boolean isBehindVirama(int[] text, int index) {
		return JoinerTable.has(at(text, index - 1), Property.VIRAMA);
	}

	private static boolean isBetweenJoiningLetters(int[] text, int index) {
		int before = index - 1;
		while (JoinerTable.has(at(text, before), Property.TRANSPARENT)) {
			before--;
		}
		int after = index + 1;
		while (JoinerTable.has(at(text, after), Property.TRANSPARENT)) {
			after++;
		}
		return JoinerTable.has(at(text, before), Property.JOINS_TO_NEXT)
				&& JoinerTable.has(at(text, after), Property.JOINS_TO_PREVIOUS);
	}

	private static boolean isBehindVariationBase(int[] text, int index) {
		return JoinerTable.has(at(text, index - 1), Property.VARIATION_BASE);
	}

	private static boolean isInKeycap(int[] text, int index) {
		int key = at(text, index - 1);
		return at(text, index + 1) == KEYCAP && (key == '#' || key == '*' || (key >= '0' && key <= '9'));
	}

	/**
	 * Tells whether the longest run of joined emoji, or of an emoji and tags, around an
	 * index is one that UTS 51 lists.
	 * @param text code points
	 * @param index where a joiner or a tag is
	 * @return whether it is
	 */
	private static boolean isInSequence(int[] text, int index) {
		int start = index;
		while (isPart(at(text, start)) || at(text, start - 1) == ZERO_WIDTH_JOINER) {
			start--;
		}
		int end = index + 1;
		while (isPart(at(text, end)) || at(text, end - 1) == ZERO_WIDTH_JOINER) {
			end++;
		}
		if (start < 0 || end > text.length) {
			return false;
		}
		StringBuilder sequence = new StringBuilder();
		for (int each = start; each < end; each++) {
			sequence.appendCodePoint(isSkinTone(text[each]) ? FIRST_SKIN_TONE : text[each]);
		}
		return JoinerTable.sequences().contains(sequence.toString());
	}

	/** Whether it belongs to an emoji before it. */
	private static boolean isPart(int codePoint) {
		return codePoint == ZERO_WIDTH_JOINER || codePoint == EMOJI_STYLE || isSkinTone(codePoint) || isTag(codePoint);
	}

	private static boolean isSkinTone(int codePoint) {
		return codePoint >= FIRST_SKIN_TONE && codePoint <= LAST_SKIN_TONE;
	}

	private static boolean isTag(int codePoint) {
		return codePoint >= FIRST_TAG && codePoint <= LAST_TAG;
	}

	private static int at(int[] text, int index) {
		return (index >= 0 && index < text.length) ? text[index] : NONE;
	}

}
