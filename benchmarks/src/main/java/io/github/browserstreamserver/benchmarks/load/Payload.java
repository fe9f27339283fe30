/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * A message of a fixed size that carries a number at its beginning and, if it is long
 * enough, at its end.
 */
final class Payload {

	private final ByteBuffer bytes;

	private long next;

	Payload(int size) {
		this.bytes = ByteBuffer.allocateDirect(size);
		for (int i = 0; i < size; i++) {
			this.bytes.put(i, (byte) (31 * i));
		}
	}

	/**
	 * Returns the next message.
	 * @return its bytes, valid until the next one is asked for
	 */
	ByteBuffer next() {
		long number = this.next++;
		int size = this.bytes.capacity();
		if (size >= Long.BYTES) {
			this.bytes.putLong(0, number).putLong(size - Long.BYTES, number);
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
