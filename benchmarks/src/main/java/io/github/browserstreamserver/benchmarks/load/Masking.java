/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Masks as RFC 6455 wants it, in place. Large parts go through an array of words, whose
 * loop the compiler vectorizes; so a browser's generator is not what is measured.
 */
final class Masking {

	private static final int CHUNK = 1024;

	private static final int SMALL = 128;

	private final long[] words = new long[CHUNK];

	/**
	 * Masks, or unmasks, a part of a buffer.
	 * @param buffer of big-endian order
	 * @param from where the part begins
	 * @param length how long it is
	 * @param key the four bytes of the key, the first one highest
	 */
	void apply(ByteBuffer buffer, int from, int length, int key) {
		long wide = (key & 0xffffffffL) << 32 | key & 0xffffffffL;
		int whole = length & ~7;
		if (whole <= SMALL) {
			for (int i = from; i < from + whole; i += 8) {
				buffer.putLong(i, buffer.getLong(i) ^ wide);
			}
		}
		else {
			large(buffer.slice(from, whole).order(ByteOrder.nativeOrder()).asLongBuffer(), wide);
		}
		for (int i = whole; i < length; i++) {
			buffer.put(from + i, (byte) (buffer.get(from + i) ^ key >>> 24 - 8 * (i & 3)));
		}
	}

	private void large(LongBuffer longs, long bigEndian) {
		long key = (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) ? Long.reverseBytes(bigEndian) : bigEndian;
		for (int at = 0; at < longs.limit(); at += CHUNK) {
			int length = Math.min(CHUNK, longs.limit() - at);
			longs.get(at, this.words, 0, length);
			for (int i = 0; i < length; i++) {
				this.words[i] ^= key;
			}
			longs.put(at, this.words, 0, length);
		}
	}

}
