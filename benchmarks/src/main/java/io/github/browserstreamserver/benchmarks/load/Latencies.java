/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.util.Arrays;

/**
 * Times of round trips.
 */
final class Latencies {

	private long[] nanos = new long[1 << 16];

	private int size;

	private long count;

	void add(long nanos) {
		if (this.size == this.nanos.length) {
			this.nanos = Arrays.copyOf(this.nanos, 2 * this.size);
		}
		this.nanos[this.size++] = nanos;
		this.count++;
	}

	/**
	 * Forgets the times, not how many they were.
	 */
	void clear() {
		this.size = 0;
	}

	/**
	 * Returns how many there were since the beginning.
	 * @return the number
	 */
	long count() {
		return this.count;
	}

	double percentileMicros(double percent) {
		if (this.size == 0) {
			return Double.NaN;
		}
		long[] sorted = Arrays.copyOf(this.nanos, this.size);
		Arrays.sort(sorted);
		return sorted[(int) Math.min(this.size - 1L, (long) (this.size * percent / 100))] / 1e3;
	}

}
