/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Whether a peer is still there: it must say HELLO in time, and then something now and
 * then. Guarded by the connection's lock.
 */
final class Liveness {

	private static final int PATIENCE = 3;

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

	Liveness(BinaryLimits limits, long now) {
		this.limits = limits;
		this.since = now;
		this.lastReceived = now;
		this.lastSent = now;
		this.lastAsked = now;
	}

	void received(long now) {
		this.lastReceived = now;
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
		Duration patience = this.limits.keepalive().multipliedBy(PATIENCE);
		if (passed(this.lastReceived, patience, now)) {
			return "nothing received for " + patience.toMillis() + " ms";
		}
		if (this.assembling && passed(this.assemblesSince, patience, now)) {
			return "a frame has not ended for " + patience.toMillis() + " ms";
		}
		return null;
	}

	/**
	 * Tells whether it is time to send a PING: because nothing was sent for the time that
	 * was announced, or because nothing was received for so long, which a peer that only
	 * listens cannot know.
	 * @param now the time in nanoseconds
	 * @param batchesSent how many batches were sent so far
	 * @return whether to send one
	 */
	boolean mustPing(long now, long batchesSent) {
		if (batchesSent != this.batches) {
			this.batches = batchesSent;
			this.lastSent = now;
		}
		Duration keepalive = this.limits.keepalive();
		// looked at once a second: the last batch may be one older than it seems, and the
		// next look is one away
		boolean silent = passed(this.lastSent, keepalive.minusSeconds(2).plusNanos(1), now);
		boolean unheard = passed(this.lastReceived, keepalive, now) && passed(this.lastAsked, keepalive, now);
		if (silent || unheard) {
			this.lastAsked = now;
		}
		return silent || unheard;
	}

	private static boolean passed(long since, Duration time, long now) {
		return now - since >= time.toNanos();
	}

}
