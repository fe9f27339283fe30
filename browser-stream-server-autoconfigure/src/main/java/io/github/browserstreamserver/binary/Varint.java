/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;

/**
 * Unsigned LEB128 numbers from 0 to {@link Wire#MAX_VALUE} in their shortest form.
 */
final class Varint {

	private Varint() {
	}

	static void write(ByteBuffer to, int value) {
		int rest = value;
		while (rest > 0x7f) {
			to.put((byte) (rest | 0x80));
			rest >>>= 7;
		}
		to.put((byte) rest);
	}

	static int size(int value) {
		int size = 1;
		for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
			size++;
		}
		return size;
	}

	/**
	 * Reads a number from a payload that is wholly there.
	 * @param from the payload
	 * @param what its name, for the error
	 * @return the number
	 * @throws ProtocolException if it is cut off, or is none
	 */
	static int read(ByteBuffer from, String what) throws ProtocolException {
		long value = 0;
		for (int index = 0; from.hasRemaining(); index++) {
			int next = from.get() & 0xff;
			value = append(value, index, next, what);
			if (next < 0x80) {
				return (int) value;
			}
		}
		throw new ProtocolException(what + ": the varint is cut off");
	}

	/**
	 * Takes one more byte of a number.
	 * @param value the number so far
	 * @param index which byte it is, from 0
	 * @param next the byte, 0 to 255
	 * @param what the number's name, for the error
	 * @return the number with it; it is whole if the byte is below 0x80
	 * @throws ProtocolException if it is too long, too large or not in its shortest form
	 */
	static long append(long value, int index, int next, String what) throws ProtocolException {
		if (index >= Wire.MAX_VARINT) {
			throw new ProtocolException(what + ": the varint is longer than " + Wire.MAX_VARINT + " bytes");
		}
		if (next == 0 && index > 0) {
			throw new ProtocolException(what + ": the varint is not in its shortest form");
		}
		long sum = value | ((long) (next & 0x7f)) << (7 * index);
		if (sum > Wire.MAX_VALUE) {
			throw new ProtocolException(what + ": the varint is over " + Wire.MAX_VALUE);
		}
		return sum;
	}

}
