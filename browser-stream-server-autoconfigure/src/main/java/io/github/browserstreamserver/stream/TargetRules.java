/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

import org.jspecify.annotations.Nullable;

/**
 * What can be a name or the path of a route: 1 to 255 bytes of UTF-8 in Unicode's
 * normalization form C, with nothing in it that cannot be seen. Two names that look alike
 * because one of them has an invisible character, or the same letters in another form,
 * would let a stranger pass for somebody else. The browser client has the same rules in
 * {@code open.js}, without {@link JoinerRules}, which it leaves to the relay.
 */
public final class TargetRules {

	/** The longest name or path in bytes of UTF-8. */
	public static final int MAX_BYTES = 255;

	private static final int FIRST_PLAIN = 0x20;

	private static final int LAST_PLAIN = 0x7e;

	/**
	 * First and last of each range: what Unicode lets a program leave undrawn
	 * (Default_Ignorable_Code_Point), what turns the direction of text around, what
	 * separates lines, and spaces that look like another. {@link JoinerRules} come first.
	 */
	private static final int[] INVISIBLE = { 0xa0, 0xa0, 0xad, 0xad, 0x34f, 0x34f, 0x61c, 0x61c, 0x115f, 0x1160, 0x1680,
			0x1680, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x2000, 0x200f, 0x2028, 0x202f, 0x205f, 0x206f, 0x3000, 0x3000,
			0x3164, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xfeff, 0xffa0, 0xffa0, 0xfff0, 0xfffb, 0x1bca0, 0x1bca3, 0x1d173,
			0x1d17a, 0xe0000, 0xe0fff };

	private TargetRules() {
	}

	/**
	 * Judges a text.
	 * @param text what is to be a name or a path
	 * @return what is wrong with it, to be put behind "the name", or {@code null} if it
	 * can be one
	 */
	public static @Nullable String fault(String text) {
		if (isPlain(text)) {
			return null;
		}
		int length = text.getBytes(StandardCharsets.UTF_8).length;
		if (length == 0 || length > MAX_BYTES) {
			return "has " + length + " bytes; it must have 1 to " + MAX_BYTES + " bytes of UTF-8";
		}
		int[] codePoints = text.codePoints().toArray();
		for (int index = 0; index < codePoints.length; index++) {
			String wrong = JoinerRules.appliesTo(codePoints[index]) ? joinerFault(codePoints, index)
					: fault(codePoints[index]);
			if (wrong != null) {
				return wrong;
			}
		}
		return Normalizer.isNormalized(text, Normalizer.Form.NFC) ? null
				: "is not in Unicode normalization form C, in which each letter has one form only";
	}

	private static boolean isPlain(String text) {
		int length = text.length();
		if (length == 0 || length > MAX_BYTES) {
			return false;
		}
		for (int index = 0; index < length; index++) {
			char letter = text.charAt(index);
			if (letter < FIRST_PLAIN || letter > LAST_PLAIN) {
				return false;
			}
		}
		return true;
	}

	private static @Nullable String joinerFault(int[] text, int index) {
		return JoinerRules.isVisible(text, index) ? null
				: String.format("has the character U+%04X where it cannot be seen", text[index]);
	}

	private static @Nullable String fault(int codePoint) {
		if (Character.isISOControl(codePoint)) {
			return "has control characters";
		}
		if (Character.getType(codePoint) == Character.SURROGATE) {
			return "has half of a surrogate pair";
		}
		for (int index = 0; index < INVISIBLE.length; index += 2) {
			if (codePoint >= INVISIBLE[index] && codePoint <= INVISIBLE[index + 1]) {
				return String.format("has the character U+%04X, which cannot be seen or looks like a space", codePoint);
			}
		}
		return null;
	}

}
