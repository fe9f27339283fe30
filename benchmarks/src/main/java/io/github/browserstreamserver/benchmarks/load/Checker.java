/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Looks whether what came is what was sent: the right number of messages of the right
 * size in the right order, their first and their last bytes.
 */
final class Checker {

	private final int size;

	private long count;

	private long first;

	private long last;

	private int length;

	Checker(int size) {
		this.size = size;
	}

	/**
	 * Takes a part of a message.
	 * @param part the bytes
	 * @param ends whether the message ends with them
	 * @throws IOException if that is not what was sent
	 */
	void receive(ByteBuffer part, boolean ends) throws IOException {
		int at = part.position();
		int more = part.remaining();
		if (this.length == 0 && more >= Long.BYTES) {
			this.first = part.getLong(at);
		}
		else {
			for (int i = 0; i < more && this.length + i < Long.BYTES; i++) {
				this.first = this.first << 8 | part.get(at + i) & 0xff;
			}
		}
		if (more >= Long.BYTES) {
			this.last = part.getLong(at + more - Long.BYTES);
		}
		else {
			for (int i = 0; i < more; i++) {
				this.last = this.last << 8 | part.get(at + i) & 0xff;
			}
		}
		this.length += more;
		if (ends) {
			messageEnds();
		}
	}

	private void messageEnds() throws IOException {
		long mark = Payload.mark(this.count);
		boolean numbered = this.size < Long.BYTES || (this.first == mark && this.last == mark);
		if (this.length != this.size || !numbered) {
			throw new IOException("message " + this.count + " of " + this.size + " bytes came as " + this.length
					+ " bytes from " + Long.toHexString(this.first) + " to " + Long.toHexString(this.last) + ", not "
					+ Long.toHexString(mark));
		}
		this.count++;
		this.length = 0;
		this.first = 0;
	}

	/**
	 * Returns how many messages came.
	 * @return the number
	 */
	long count() {
		return this.count;
	}

}
