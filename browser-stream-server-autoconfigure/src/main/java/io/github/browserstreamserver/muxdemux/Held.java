/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import io.github.browserstreamserver.stream.Budget;

/**
 * How much of what one stream's peer wrote is still in the house, because whoever is to
 * get it was not given it yet. mux-demux has no credit with which to hold a writer back
 * beforehand. Guarded by the connection's lock.
 */
final class Held {

	/** What a message costs beside its bytes. */
	static final int MESSAGE_COST = 64;

	/** What each stream can have; more only as long as there is plenty. */
	private static final int BASE = 16_384;

	private final Budget budget;

	private final int limit;

	private final long most;

	private int bytes;

	private boolean tight;

	Held(Budget budget, int limit, int maxMessage) {
		this.budget = budget;
		this.limit = limit;
		this.most = (long) limit + maxMessage;
	}

	/**
	 * Reserves the cost of a message.
	 * @param cost how much
	 * @return whether the budget had so much left
	 */
	boolean take(int cost) {
		boolean plenty = (this.bytes + cost <= BASE) ? this.budget.tryReserve(cost) : this.budget.tryGrow(cost);
		if (!plenty && !this.budget.tryReserve(cost)) {
			return false;
		}
		this.tight = !plenty;
		this.bytes += cost;
		return true;
	}

	void release(int cost) {
		this.bytes -= cost;
		this.budget.release(cost);
	}

	/**
	 * Tells whether the peer should write no more for now.
	 * @return whether more is held than is good
	 */
	boolean isFull() {
		return this.bytes > this.limit || (this.tight && this.bytes > BASE);
	}

	/**
	 * Tells whether even a peer that is read no further, and of which something was read
	 * already, wrote too much.
	 * @return whether the limit and a message are exceeded
	 */
	boolean isOverflowing() {
		return this.bytes > this.most;
	}

	/**
	 * Tells whether the peer may write again.
	 * @return whether about half of it has left
	 */
	boolean isRelieved() {
		return this.bytes <= (this.tight ? BASE : this.limit) / 2;
	}

	int bytes() {
		return this.bytes;
	}

}
