/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.util.concurrent.TimeUnit;

/**
 * How fast a peer opens streams and resets them again: both are work for others, and a
 * reset frees the place for the next (CVE-2023-44487, "rapid reset"). A peer may do ten
 * seconds' worth at once, and then so many a second. It is the generic cell rate
 * algorithm: one number for each peer says when it would be even with its rate.
 * Immutable; the number is its user's.
 */
public final class OpenRate {

	/** What may be done at once, in seconds of the rate. */
	public static final int BURST_SECONDS = 10;

	/** No bound, which is so many a second that none is reached. */
	public static final int UNBOUNDED = 1_000_000_000;

	private static final long BURST = TimeUnit.SECONDS.toNanos(BURST_SECONDS);

	private final int perSecond;

	private final long cost;

	/**
	 * Creates a rate.
	 * @param perSecond how many opens and resets a second, 1 to {@link #UNBOUNDED}
	 */
	public OpenRate(int perSecond) {
		this.perSecond = perSecond;
		this.cost = (perSecond < UNBOUNDED) ? TimeUnit.SECONDS.toNanos(1) / perSecond : 0;
	}

	/**
	 * A peer opened a stream, or reset one.
	 * @param even when it would have been even with its rate, at first the time at which
	 * it came
	 * @param now the time in nanoseconds
	 * @return when it will be now
	 */
	public long count(long even, long now) {
		return ((now - even > 0) ? now : even) + this.cost;
	}

	/**
	 * Tells whether a peer has done more than it may, so that its next stream is refused.
	 * @param even when it will be even with its rate
	 * @param now the time in nanoseconds
	 * @return whether it is over
	 */
	public boolean isOver(long even, long now) {
		return even - now > BURST;
	}

	/**
	 * Tells whether a peer goes on although it is refused, so that its connection is to
	 * end: to refuse is work, too.
	 * @param even when it will be even with its rate
	 * @param now the time in nanoseconds
	 * @return whether it is over by as much again
	 */
	public boolean isFlood(long even, long now) {
		return even - now > 2 * BURST;
	}

	/**
	 * Returns what a peer is told that is over.
	 * @return a reason, with the property that bounds it
	 */
	public String reason() {
		return "a connection may open and reset " + this.perSecond
				+ " streams a second in the long run (stream.opens-per-second)";
	}

}
