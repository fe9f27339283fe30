/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The frames that a SockJS server sends.
 */
final class Frames {

	static final String OPEN = "o";

	static final String HEARTBEAT = "h";

	/** For a client that asks for frames while it has another request for them. */
	static final String ANOTHER_CONNECTION = close(2010, "Another connection still open");

	/** For a client that comes back after one of its requests broke. */
	static final String INTERRUPTED = close(1002, "Connection interrupted");

	private static final String DIGITS = "0123456789abcdef";

	private Frames() {
	}

	/**
	 * Returns the frame for what a dialect writes.
	 * @param text UTF-8, empty for a sign of life
	 * @return a frame
	 */
	static String message(ByteBuffer text) {
		if (!text.hasRemaining()) {
			return HEARTBEAT;
		}
		CharBuffer characters = StandardCharsets.UTF_8.decode(text.duplicate());
		StringBuilder frame = new StringBuilder(characters.length() + characters.length() / 8 + 8);
		frame.append("a[");
		quote(characters, frame);
		return frame.append(']').toString();
	}

	static String close(int code, String reason) {
		StringBuilder frame = new StringBuilder("c[").append(code).append(',');
		quote(reason, frame);
		return frame.append(']').toString();
	}

	private static void quote(CharSequence text, StringBuilder to) {
		to.append('"');
		for (int i = 0; i < text.length(); i++) {
			char next = text.charAt(i);
			switch (next) {
				case '"', '\\' -> to.append('\\').append(next);
				case '\n' -> to.append("\\n");
				case '\r' -> to.append("\\r");
				case '\t' -> to.append("\\t");
				default -> {
					if (escaped(next)) {
						escape(next, to);
					}
					else {
						to.append(next);
					}
				}
			}
		}
		to.append('"');
	}

	/**
	 * What SockJS escapes beside what JSON does: old browsers spoil it. Pairs of
	 * surrogates they do not spoil when they are whole, as ours are.
	 */
	private static boolean escaped(char next) {
		return next < ' ' || (next >= '\u200c' && next <= '\u200f') || (next >= '\u2028' && next <= '\u202f')
				|| (next >= '\u2060' && next <= '\u206f') || next >= '\ufff0';
	}

	private static void escape(char next, StringBuilder to) {
		to.append("\\u");
		for (int shift = 12; shift >= 0; shift -= 4) {
			to.append(DIGITS.charAt((next >> shift) & 0xf));
		}
	}

}
