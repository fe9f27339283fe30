/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Whether a peer is still there: it must say HELLO in time, and then give a sign of life
 * now and then, for which it is asked while nothing comes from it anyway. Guarded by the
 * connection's lock.
 * <p>
 * It is looked at once a second, so the next look may be one away: what must happen
 * within a time is done a second before it is over.
 */
final class Liveness {

	/** A frame that does not end is given so many times the keepalive. */
	private static final int PATIENCE = 3;

	private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

	private final BinaryLimits limits;

	private final long since;

	private boolean greeted;

	private long lastReceived;

	/** Since when a frame waits for its end, if one does. */
	private long assemblesSince;

	private boolean assembling;

	private long lastSent;

	private long lastAsked;

	private long batches;

	private long completed;

	private boolean waited;

	/** When the peer last took something, or had nothing to take. */
	private long lastTaken;

	Liveness(BinaryLimits limits, long now) {
		this.limits = limits;
		this.since = now;
		this.lastReceived = now;
		this.lastSent = now;
		this.lastAsked = now;
		this.lastTaken = now;
	}

	/**
	 * Something came from the peer.
	 * @param now the time in nanoseconds
	 */
	void received(long now) {
		this.lastReceived = now;
	}

	/**
	 * The peer answered what it was asked, or takes something that it did not take
	 * before.
	 * @param now the time in nanoseconds
	 */
	void alive(long now) {
		this.lastReceived = now;
		this.lastTaken = now;
	}

	/**
	 * Looks at what was written. A write that had to wait and then was completed is a
	 * sign of life too: somebody takes what is sent, if slowly, and an answer comes only
	 * behind all of that.
	 * @param now the time in nanoseconds
	 * @param begun how many batches were begun so far
	 * @param writing whether the last of them is under way
	 */
	void wrote(long now, long begun, boolean writing) {
		long completedNow = writing ? begun - 1 : begun;
		if (this.waited && completedNow != this.completed) {
			this.lastReceived = now;
		}
		if (!writing || completedNow != this.completed) {
			this.lastTaken = now;
		}
		this.waited = writing;
		this.completed = completedNow;
	}

	/**
	 * A frame has come in that is not whole.
	 * @param now the time in nanoseconds
	 */
	void assembles(long now) {
		if (!this.assembling) {
			this.assembling = true;
			this.assemblesSince = now;
		}
	}

	void assembled() {
		this.assembling = false;
	}

	void greeted() {
		this.greeted = true;
	}

	boolean isGreeted() {
		return this.greeted;
	}

	/**
	 * Tells whether the peer has failed to give a sign of life.
	 * @param now the time in nanoseconds
	 * @return what it failed to do, or {@code null}
	 */
	@Nullable String missing(long now) {
		if (!this.greeted && passed(this.since, this.limits.handshakeTimeout(), now)) {
			return "no HELLO within " + this.limits.handshakeTimeout().toMillis() + " ms";
		}
		Duration timeout = this.limits.livenessTimeout();
		if (passed(this.lastReceived, timeout.minus(BETWEEN_LOOKS), now)) {
			return "no sign of life for " + timeout.toMillis() + " ms";
		}
		if (this.waited && passed(this.lastTaken, timeout.minus(BETWEEN_LOOKS), now)) {
			return "nothing that was sent was taken for " + timeout.toMillis() + " ms";
		}
		Duration patience = this.limits.keepalive().multipliedBy(PATIENCE);
		if (this.assembling && passed(this.assemblesSince, patience, now)) {
			return "a frame has not ended for " + patience.toMillis() + " ms";
		}
		return null;
	}

	/**
	 * Tells whether it is time to ask the peer for a sign of life, because none came for
	 * about half of the time that it has. It is asked again after as long.
	 * @param now the time in nanoseconds
	 * @return whether to ask
	 */
	boolean mustAsk(long now) {
		long patience = this.limits.livenessTimeout().dividedBy(2).minus(BETWEEN_LOOKS).toNanos();
		boolean ask = now - this.lastReceived >= patience && now - this.lastAsked >= patience;
		if (ask) {
			this.lastAsked = now;
		}
		return ask;
	}

	/**
	 * Tells whether it is time to send a PING, because nothing was sent for the time that
	 * was announced to the peer as our longest silence.
	 * @param now the time in nanoseconds
	 * @param batchesSent how many batches were sent so far
	 * @return whether to send one
	 */
	boolean mustPing(long now, long batchesSent) {
		if (batchesSent != this.batches) {
			this.batches = batchesSent;
			this.lastSent = now;
		}
		// the last batch may be one look older than it seems, and the next look is one
		// away
		Duration keepalive = this.limits.keepalive();
		return passed(this.lastSent, keepalive.minus(BETWEEN_LOOKS).minus(BETWEEN_LOOKS).plusNanos(1), now);
	}

	private static boolean passed(long since, Duration time, long now) {
		return now - since >= time.toNanos();
	}

}
