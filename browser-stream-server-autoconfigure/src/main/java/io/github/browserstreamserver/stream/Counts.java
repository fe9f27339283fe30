/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How much each of several has of something. Who has nothing is not kept. Not safe for
 * use by several threads.
 *
 * @param <T> who has it
 */
public final class Counts<T> {

	private final Map<T, Integer> counts = new HashMap<>();

	/**
	 * Creates counts of nothing.
	 */
	public Counts() {
	}

	/**
	 * Returns how much somebody has.
	 * @param who who, or {@code null} for nobody
	 * @return the count, 0 for nobody
	 */
	public int of(@Nullable T who) {
		return (who != null) ? this.counts.getOrDefault(who, 0) : 0;
	}

	/**
	 * Adds one.
	 * @param who to whom; {@code null} is not counted
	 */
	public void add(@Nullable T who) {
		if (who != null) {
			this.counts.merge(who, 1, Integer::sum);
		}
	}

	/**
	 * Takes one away.
	 * @param who from whom; {@code null} is not counted
	 */
	public void remove(@Nullable T who) {
		if (who != null) {
			this.counts.computeIfPresent(who, (key, count) -> (count > 1) ? count - 1 : null);
		}
	}

	/**
	 * Tells whether nobody has anything.
	 * @return whether all is zero
	 */
	public boolean isEmpty() {
		return this.counts.isEmpty();
	}

}
