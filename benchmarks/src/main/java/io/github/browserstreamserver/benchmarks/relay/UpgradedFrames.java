/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns the frames of a client into those of a server, part by part: another head, and no
 * mask. What is the same whichever way bytes come out of a container and into it.
 */
final class UpgradedFrames {

	private static final int MASKED = 0x80;

	private static final int LENGTH_16 = 126;

	private static final int LENGTH_64 = 127;

	private final byte[] head = new byte[14];

	private int headLength;

	private long left;

	private long mask;

	/**
	 * Translates what has come in.
	 * @param in bytes of a client
	 * @param out where to; it has room for as many and a head
	 */
	void translate(ByteBuffer in, ByteBuffer out) {
		while (in.hasRemaining()) {
			if (this.left > 0) {
				payload(in, out);
			}
			else {
				this.head[this.headLength++] = in.get();
				if (this.headLength >= 2 && this.headLength == needed()) {
					begin(out);
				}
			}
		}
	}

	private int needed() {
		int length = this.head[1] & 0x7f;
		return 6 + ((length == LENGTH_16) ? 2 : (length == LENGTH_64) ? 8 : 0);
	}

	private void begin(ByteBuffer out) {
		int size = this.headLength - 4;
		long length = this.head[1] & 0x7f;
		if (size > 2) {
			length = 0;
			for (int index = 2; index < size; index++) {
				length = length << 8 | this.head[index] & 0xff;
			}
		}
		this.left = length;
		long four = ByteBuffer.wrap(this.head).order(ByteOrder.LITTLE_ENDIAN).getInt(size) & 0xffffffffL;
		this.mask = four | four << 32;
		this.headLength = 0;
		out.put(this.head[0]).put((byte) (this.head[1] & ~MASKED)).put(this.head, 2, size - 2);
	}

	private void payload(ByteBuffer in, ByteBuffer out) {
		int take = (int) Math.min(this.left, in.remaining());
		int end = in.position() + take;
		while (end - in.position() >= Long.BYTES) {
			out.putLong(in.getLong() ^ this.mask);
		}
		for (; in.position() < end; this.mask = Long.rotateRight(this.mask, 8)) {
			out.put((byte) (in.get() ^ this.mask));
		}
		this.left -= take;
	}

}
