/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time by which peers are judged, in nanoseconds as {@link System#nanoTime()} tells
 * it: without what passed while the process stood still (a debugger, a signal, a virtual
 * machine that was moved, a long collection of garbage), when no peer could be asked, and
 * none be heard. It goes on for a second at most when the wheel that looks at connections
 * does not turn, and never goes back. Safe for use by several threads.
 */
public final class WheelTime implements LongSupplier {

	/** So late the wheel may be without having stood still. */
	private static final long MOST_LATE = TimeUnit.SECONDS.toNanos(1);

	private final LongSupplier clock;

	private volatile Turn last = new Turn(0, 0, false);

	/**
	 * A moment at which the wheel turned.
	 *
	 * @param at when, on the clock
	 * @param skipped how much of the clock's time does not count
	 * @param turning whether it is to turn again
	 */
	private record Turn(long at, long skipped, boolean turning) {

		long skippedAt(long now) {
			return this.skipped + (this.turning ? Math.max(0, now - this.at - MOST_LATE) : 0);
		}

	}

	/**
	 * Creates a time that passes as it does, until the wheel begins to turn.
	 */
	public WheelTime() {
		this(System::nanoTime);
	}

	WheelTime(LongSupplier clock) {
		this.clock = clock;
	}

	@Override
	public long getAsLong() {
		long now = this.clock.getAsLong();
		return now - this.last.skippedAt(now);
	}

	/**
	 * The wheel turned. Called by one thread.
	 */
	public void turned() {
		next(true);
	}

	/**
	 * The wheel turns no more.
	 */
	public void stopped() {
		next(false);
	}

	private void next(boolean turning) {
		long now = this.clock.getAsLong();
		this.last = new Turn(now, this.last.skippedAt(now), turning);
	}

}
