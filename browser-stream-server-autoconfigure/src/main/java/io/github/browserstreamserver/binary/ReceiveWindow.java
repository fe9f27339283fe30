/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ErrorCode;

/**
 * How much a peer may still send us on one stream, and what of it is in the house. The
 * whole window is reserved in the {@link Budget}: {@code size = credit + held + due}.
 * <p>
 * The window begins at {@link Wire#INITIAL_CREDIT}. It doubles when all of it went
 * through in less than {@link #GROW_WITHIN_NANOS}: then a line with such a round trip
 * would have waited for credit. Where most of it waits in the house for a slow reader, to
 * grow would only make more wait. It shrinks to where it began when the budget is short.
 * Guarded by the connection's lock.
 */
final class ReceiveWindow {

	static final long GROW_WITHIN_NANOS = 200_000_000;

	private static final int HELD_SHARE = 4;

	private final Budget budget;

	private final int max;

	private int size = Wire.INITIAL_CREDIT;

	private int credit = Wire.INITIAL_CREDIT;

	private int held;

	private int due;

	private boolean open;

	private long measured;

	private long measuredSince;

	ReceiveWindow(Budget budget, int max) {
		this.budget = budget;
		this.max = max;
	}

	/**
	 * Reserves the initial window.
	 * @param now the time in nanoseconds
	 * @return whether the budget had so much left; if not, the window stays closed
	 */
	boolean open(long now) {
		this.open = this.budget.tryOpen(this.size);
		this.measuredSince = now;
		return this.open;
	}

	/**
	 * A frame begins to come in.
	 * @param cost what all of it costs
	 * @throws ProtocolException if that is more than was allowed
	 */
	void check(int cost) throws ProtocolException {
		if (cost > this.credit) {
			throw new ProtocolException(ErrorCode.FLOW_CONTROL,
					"a frame that costs " + cost + " with a credit of " + this.credit);
		}
	}

	/**
	 * A part of a frame came in that was checked before.
	 * @param cost what the part costs
	 */
	void charge(int cost) {
		this.credit -= cost;
		this.held += cost;
	}

	/**
	 * Something has left.
	 * @param cost what it had cost
	 * @param now the time in nanoseconds
	 * @return how much credit to send to the peer now, often 0
	 */
	int release(int cost, long now) {
		this.held -= cost;
		if (this.held < 0) {
			throw new IllegalStateException("more was released than had come in");
		}
		if (!this.open) {
			this.budget.release(cost);
			return 0;
		}
		this.due += cost;
		this.measured += cost;
		return (this.due >= this.size / 2) ? giveBack(now) : 0;
	}

	private int giveBack(long now) {
		int grant = this.due;
		if (this.size > Wire.INITIAL_CREDIT && this.budget.isShort()) {
			int shrink = Math.min(grant, this.size - Wire.INITIAL_CREDIT);
			this.size -= shrink;
			grant -= shrink;
			this.budget.release(shrink);
		}
		else if (this.measured >= this.size) {
			if (now - this.measuredSince < GROW_WITHIN_NANOS && this.held <= this.size / HELD_SHARE) {
				grant += grow();
			}
			this.measured = 0;
			this.measuredSince = now;
		}
		this.due = 0;
		this.credit += grant;
		return grant;
	}

	private int grow() {
		int more = Math.min(this.size, this.max - this.size);
		if (more <= 0 || !this.budget.tryGrow(more)) {
			return 0;
		}
		this.size += more;
		return more;
	}

	/**
	 * Nothing more can come in. What is still held stays reserved until it is released.
	 */
	void close() {
		if (this.open) {
			this.open = false;
			this.budget.release(this.size - this.held);
		}
	}

	int size() {
		return this.size;
	}

	int held() {
		return this.held;
	}

}
