/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Turns characters into UTF-8 bytes as they come. A pair of surrogates may be cut
 * anywhere; a lone one becomes U+FFFD. For use by one thread at a time. Holds a buffer
 * only between the first character and {@link #flush()}.
 */
final class Utf8Output {

	static final int BUFFER_SIZE = 8192;

	private static final int LONGEST_CHARACTER = 4;

	private static final char REPLACEMENT = '\uFFFD';

	private final Consumer<ByteBuffer> target;

	private @Nullable ByteBuffer buffer;

	private char high;

	/**
	 * Creates an output.
	 * @param target takes bytes, always a whole number of characters; the buffer is valid
	 * only during the call
	 */
	Utf8Output(Consumer<ByteBuffer> target) {
		this.target = target;
	}

	void put(char next) {
		if (this.high != 0) {
			char first = this.high;
			this.high = 0;
			if (Character.isLowSurrogate(next)) {
				encode(Character.toCodePoint(first, next));
				return;
			}
			encode(REPLACEMENT);
		}
		if (Character.isHighSurrogate(next)) {
			this.high = next;
		}
		else {
			encode(Character.isLowSurrogate(next) ? REPLACEMENT : next);
		}
	}

	/**
	 * Takes characters of a text, the plain ones many at a time.
	 */
	void put(String text) {
		int index = 0;
		while (index < text.length()) {
			index = putPlain(text, index);
			if (index < text.length()) {
				put(text.charAt(index));
				index++;
			}
		}
	}

	private int putPlain(String text, int from) {
		ByteBuffer out = this.buffer;
		if (this.high != 0 || out == null) {
			return from;
		}
		int end = Math.min(text.length(), from + out.remaining());
		int index = from;
		while (index < end && text.charAt(index) < 0x80) {
			out.put((byte) text.charAt(index));
			index++;
		}
		return index;
	}

	/**
	 * A text ends: what follows belongs to another.
	 */
	void endText() {
		if (this.high != 0) {
			this.high = 0;
			encode(REPLACEMENT);
		}
	}

	private void encode(int character) {
		ByteBuffer out = this.buffer;
		if (out != null && out.remaining() < LONGEST_CHARACTER) {
			flush();
			out = null;
		}
		if (out == null) {
			out = ByteBuffer.allocate(BUFFER_SIZE);
			this.buffer = out;
		}
		if (character < 0x80) {
			out.put((byte) character);
		}
		else if (character < 0x800) {
			out.put((byte) (0xc0 | (character >> 6)));
			out.put(continuation(character));
		}
		else if (character < 0x10000) {
			out.put((byte) (0xe0 | (character >> 12)));
			out.put(continuation(character >> 6)).put(continuation(character));
		}
		else {
			out.put((byte) (0xf0 | (character >> 18)));
			out.put(continuation(character >> 12)).put(continuation(character >> 6)).put(continuation(character));
		}
	}

	private static byte continuation(int bits) {
		return (byte) (0x80 | (bits & 0x3f));
	}

	/**
	 * Gives the target what there is; half a pair of surrogates waits for its other half.
	 */
	void flush() {
		ByteBuffer bytes = this.buffer;
		if (bytes != null) {
			this.buffer = null;
			this.target.accept(bytes.flip());
		}
	}

	/**
	 * Forgets what was not flushed.
	 */
	void discard() {
		this.buffer = null;
		this.high = 0;
	}

}
