/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * A message of a fixed size that carries a number at its beginning and, if it is long
 * enough, at its end. All its bytes are letters, so that it can be sent as text.
 */
final class Payload {

	private final ByteBuffer bytes;

	private long next;

	Payload(int size) {
		this.bytes = ByteBuffer.allocateDirect(size);
		for (int i = 0; i < size; i++) {
			this.bytes.put(i, (byte) ('a' + 31 * i % 26));
		}
	}

	/**
	 * Returns how a number is carried.
	 * @param number of which the lower 32 bits count
	 * @return eight letters
	 */
	static long mark(long number) {
		long mark = 0;
		for (int shift = Integer.SIZE - 4; shift >= 0; shift -= 4) {
			mark = mark << Byte.SIZE | 'A' + (number >>> shift & 0xf);
		}
		return mark;
	}

	/**
	 * Returns the next message.
	 * @return its bytes, valid until the next one is asked for
	 */
	ByteBuffer next() {
		long mark = mark(this.next++);
		int size = this.bytes.capacity();
		if (size >= Long.BYTES) {
			this.bytes.putLong(0, mark).putLong(size - Long.BYTES, mark);
		}
		return this.bytes.clear();
	}

	/**
	 * Returns how many messages were asked for.
	 * @return the number
	 */
	long count() {
		return this.next;
	}

}
