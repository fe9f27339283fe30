/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Inputs that are almost those of a corpus: bits flipped, bytes cut out and put in,
 * inputs joined, lengths where none were. The same seed makes the same input.
 */
final class Mutations {

	private static final int MOST_CHANGES = 4;

	/** Lengths, as varints and as WebSocket lengths, that claim more than there is. */
	private static final byte[][] LENGTHS = { { (byte) 0x80, 0x01 }, { (byte) 0x80, (byte) 0x80, 0x01 },
			{ (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07 }, { (byte) 0xfe, 0x3f, (byte) 0xff },
			{ (byte) 0xfe, (byte) 0xff, (byte) 0xff }, { (byte) 0xff, 0, 0, 0, 0, 0x7f, (byte) 0xff, (byte) 0xff, 0 },
			{ (byte) 0xff, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff,
					(byte) 0xff },
			{ 0 }, { 0x7f }, { (byte) 0xff } };

	private final List<byte[]> corpus;

	private final Random random;

	private Mutations(List<byte[]> corpus, long seed) {
		this.corpus = corpus;
		this.random = new Random(seed);
	}

	/**
	 * Makes an input.
	 * @param corpus what to begin with
	 * @param seed chooses
	 * @return the input
	 */
	static byte[] of(List<byte[]> corpus, long seed) {
		return new Mutations(corpus, seed).input();
	}

	private byte[] any() {
		return this.corpus.get(this.random.nextInt(this.corpus.size()));
	}

	private byte[] input() {
		byte[] bytes = any();
		for (int change = 1 + this.random.nextInt(MOST_CHANGES); change > 0; change--) {
			bytes = changed(bytes, this.random.nextInt(bytes.length + 1));
		}
		return bytes;
	}

	private byte[] changed(byte[] bytes, int at) {
		return switch (this.random.nextInt(8)) {
			case 0, 1 -> flipped(bytes, at);
			case 2 -> replaced(bytes, at, 1, random(1));
			case 3 -> replaced(bytes, at, 0, random(1 + this.random.nextInt(3)));
			case 4 -> replaced(bytes, at, 1 + this.random.nextInt(4), new byte[0]);
			case 5 -> replaced(bytes, at, this.random.nextInt(2), LENGTHS[this.random.nextInt(LENGTHS.length)]);
			case 6 -> joined(bytes, at);
			default -> Arrays.copyOf(bytes, at);
		};
	}

	private byte[] random(int count) {
		byte[] bytes = new byte[count];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private byte[] flipped(byte[] bytes, int at) {
		byte[] flipped = bytes.clone();
		if (at < bytes.length) {
			flipped[at] ^= (byte) (1 << this.random.nextInt(Byte.SIZE));
		}
		return flipped;
	}

	private byte[] joined(byte[] bytes, int at) {
		byte[] other = any();
		int from = this.random.nextInt(other.length + 1);
		return replaced(bytes, at, bytes.length, Arrays.copyOfRange(other, from, other.length));
	}

	private static byte[] replaced(byte[] bytes, int at, int without, byte[] with) {
		int end = Math.min(bytes.length, at + without);
		return ByteBuffer.allocate(at + with.length + bytes.length - end)
			.put(bytes, 0, at)
			.put(with)
			.put(bytes, end, bytes.length - end)
			.array();
	}

}
