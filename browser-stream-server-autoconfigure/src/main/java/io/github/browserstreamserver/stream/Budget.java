/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * All the memory that peers can make the application hold, counted in one place, in
 * bytes. Credit is reserved here before it is granted, so what waits in queues can never
 * be more than what is reserved. Safe for use by several threads; nothing here waits.
 */
public final class Budget {

	private final long limit;

	private final AtomicLong reserved = new AtomicLong();

	/**
	 * Creates a budget.
	 * @param limit the most that can be reserved, in bytes
	 */
	public Budget(long limit) {
		this.limit = limit;
	}

	/**
	 * Reserves what must be had.
	 * @param bytes how much
	 * @return whether there was so much left
	 */
	public boolean tryReserve(long bytes) {
		return tryReserve(bytes, this.limit);
	}

	/**
	 * Reserves what a new stream needs: never from the last eighth of the budget, so that
	 * streams, however many are opened, leave room for the answers of those who are
	 * there.
	 * @param bytes how much
	 * @return whether there was so much left
	 */
	public boolean tryOpen(long bytes) {
		return tryReserve(bytes, this.limit - this.limit / 8);
	}

	/**
	 * Tells whether somebody has so much of a budget of which more than half is reserved
	 * that others should have the rest.
	 * @param bytes what he has
	 * @return whether that is more than a sixteenth of all
	 */
	public boolean isMoreThanAShare(long bytes) {
		return this.reserved.get() > this.limit / 2 && bytes > this.limit / 16;
	}

	/**
	 * Reserves what would be good to have: only from the first half of the budget, so
	 * that streams which grow never keep new streams out.
	 * @param bytes how much
	 * @return whether it was granted
	 */
	public boolean tryGrow(long bytes) {
		return tryReserve(bytes, this.limit / 2);
	}

	private boolean tryReserve(long bytes, long bound) {
		long before;
		do {
			before = this.reserved.get();
			if (before + bytes > bound) {
				return false;
			}
		}
		while (!this.reserved.compareAndSet(before, before + bytes));
		return true;
	}

	/**
	 * Gives back what was reserved.
	 * @param bytes how much
	 */
	public void release(long bytes) {
		long left = this.reserved.addAndGet(-bytes);
		assert left >= 0 : "more was released than reserved: " + left;
	}

	/**
	 * Tells whether streams should give back what they grew to.
	 * @return whether more than three quarters are reserved
	 */
	public boolean isShort() {
		return this.reserved.get() > this.limit / 4 * 3;
	}

	/**
	 * Returns what is reserved now.
	 * @return bytes
	 */
	public long reserved() {
		return this.reserved.get();
	}

	/**
	 * Returns the most that can be reserved.
	 * @return bytes
	 */
	public long limit() {
		return this.limit;
	}

}
