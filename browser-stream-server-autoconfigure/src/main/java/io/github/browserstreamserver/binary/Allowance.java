/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import io.github.browserstreamserver.stream.Budget;

/**
 * What a connection holds beside the windows of its streams: frames that have not come in
 * whole, and answers that the peer has not read. A little is free; what is beyond it is
 * reserved in the budget, so that many peers together cannot hold more than that. Guarded
 * by the connection's lock.
 */
final class Allowance {

	/** What a connection needs as a rule, in bytes. */
	static final int FREE = 4_096;

	private final Budget budget;

	private int held;

	private int reserved;

	private boolean closed;

	Allowance(Budget budget) {
		this.budget = budget;
	}

	/**
	 * Takes memory.
	 * @param bytes how much
	 * @return whether there was so much; if not, nothing was taken
	 */
	boolean take(int bytes) {
		int more = Math.max(0, this.held + bytes - FREE) - this.reserved;
		if (this.closed || !this.budget.tryReserve(more)) {
			return false;
		}
		this.held += bytes;
		this.reserved += more;
		return true;
	}

	/**
	 * Gives memory back.
	 * @param bytes how much of what was taken
	 */
	void give(int bytes) {
		if (this.closed) {
			return;
		}
		this.held -= bytes;
		int less = this.reserved - Math.max(0, this.held - FREE);
		this.reserved -= less;
		this.budget.release(less);
	}

	/**
	 * Gives all back. From now on nothing can be had.
	 */
	void close() {
		this.closed = true;
		this.budget.release(this.reserved);
		this.reserved = 0;
	}

}
