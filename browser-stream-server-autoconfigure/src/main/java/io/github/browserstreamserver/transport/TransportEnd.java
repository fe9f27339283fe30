/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The end of a connection: its transport is closed when the write that is under way is
 * over, or after a short grace over one that the peer does not take. Guarded by the
 * connection's lock.
 */
public final class TransportEnd {

	private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final Runnable NOTHING = () -> {
	};

	private boolean begun;

	private long since;

	private @Nullable Runnable close;

	/**
	 * Creates it.
	 */
	public TransportEnd() {
	}

	/**
	 * Begins the end.
	 * @param toClose closes the transport; run by the caller when no write is under way
	 * @param now the time in nanoseconds
	 * @return whether it had not begun before
	 */
	public boolean begin(Runnable toClose, long now) {
		if (this.begun) {
			return false;
		}
		this.begun = true;
		this.since = now;
		this.close = toClose;
		return true;
	}

	/**
	 * Tells whether the connection is over.
	 * @return whether the end has begun
	 */
	public boolean isBegun() {
		return this.begun;
	}

	/**
	 * Returns, once, what closes the transport over a write that takes too long.
	 * @param now the time in nanoseconds
	 * @return to be run without the lock; does nothing if there is time yet
	 */
	public Runnable takeOverdue(long now) {
		Runnable toClose = this.close;
		if (toClose == null || now - this.since < GRACE_NANOS) {
			return NOTHING;
		}
		this.close = null;
		return toClose;
	}

}
