/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.fuzz;

import java.util.Arrays;

/**
 * The bytes that a fuzzer chose, read as decisions from the front. Where nothing is left
 * every decision is 0, so that any bytes are an input.
 */
public final class Input {

	private static final int MOST_CUTS = 7;

	private static final int LONG = 128;

	private final byte[] bytes;

	private int at;

	/**
	 * Reads from the beginning.
	 * @param bytes the input
	 */
	public Input(byte[] bytes) {
		this.bytes = bytes;
	}

	public boolean isOver() {
		return this.at >= this.bytes.length;
	}

	/**
	 * Takes a byte.
	 * @return 0 to 255
	 */
	public int next() {
		return isOver() ? 0 : this.bytes[this.at++] & 0xff;
	}

	/**
	 * Chooses one of several.
	 * @param bound of how many
	 * @return 0 and up, less than that
	 */
	public int next(int bound) {
		return next() % bound;
	}

	/**
	 * Takes bytes as they are.
	 * @param count how many
	 * @return so many, or those that are left
	 */
	public byte[] take(int count) {
		int end = Math.min(this.bytes.length, this.at + count);
		byte[] taken = Arrays.copyOfRange(this.bytes, this.at, end);
		this.at = end;
		return taken;
	}

	public byte[] rest() {
		return take(this.bytes.length - this.at);
	}

	/**
	 * Chooses a size that is mostly small.
	 * @return up to 127 each, then in steps of 128 up to 16384
	 */
	public int size() {
		int size = next();
		return (size < LONG) ? size : (size - LONG + 1) * LONG;
	}

	/**
	 * Chooses where to cut: a count, and so many lengths less one.
	 * @return the lengths of the parts, to be taken in turn, none for no cuts
	 */
	public Cuts cuts() {
		int[] lengths = new int[next(MOST_CUTS + 1)];
		for (int index = 0; index < lengths.length; index++) {
			lengths[index] = 1 + next();
		}
		return new Cuts(lengths);
	}

	/**
	 * Where bytes are cut.
	 *
	 * @param lengths the lengths of the parts, to be taken in turn
	 */
	public record Cuts(int... lengths) {

		/** All in one piece. */
		public static final Cuts NONE = new Cuts();

		/**
		 * Hands the parts on.
		 * @param <X> what the receiver throws
		 * @param bytes what is to be cut
		 * @param parts takes them
		 * @throws X what the receiver throws
		 */
		public <X extends Exception> void cut(byte[] bytes, Parts<X> parts) throws X {
			int from = 0;
			for (int turn = 0; from < bytes.length; turn++) {
				int left = bytes.length - from;
				int length = (this.lengths.length == 0) ? left
						: Math.min(left, this.lengths[turn % this.lengths.length]);
				parts.part(from, length);
				from += length;
			}
		}

	}

	/**
	 * Takes parts.
	 *
	 * @param <X> what it throws
	 */
	@FunctionalInterface
	public interface Parts<X extends Exception> {

		/**
		 * Takes a part.
		 * @param from where it begins
		 * @param length how long it is
		 * @throws X if it cannot be read
		 */
		void part(int from, int length) throws X;

	}

}
