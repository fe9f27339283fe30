/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The mask over what a client sends (RFC 6455, 5.3), taken off eight bytes at a time.
 */
final class Mask {

	private Mask() {
	}

	/**
	 * Takes a mask off, in place.
	 * @param buffer where
	 * @param from the first byte
	 * @param to behind the last byte
	 * @param mask the mask, its first byte topmost
	 * @return the mask for the byte at {@code to}
	 */
	static int apply(ByteBuffer buffer, int from, int to, int mask) {
		if (mask == 0) {
			return 0;
		}
		int words = to - Long.BYTES;
		long pair = Integer.toUnsignedLong(mask);
		pair |= pair << Integer.SIZE;
		if (buffer.order() == ByteOrder.LITTLE_ENDIAN) {
			pair = Long.reverseBytes(pair);
		}
		int at = from;
		for (; at <= words; at += Long.BYTES) {
			buffer.putLong(at, buffer.getLong(at) ^ pair);
		}
		int left = mask;
		for (; at < to; at++) {
			left = Integer.rotateLeft(left, Byte.SIZE);
			buffer.put(at, (byte) (buffer.get(at) ^ left));
		}
		return left;
	}

}
