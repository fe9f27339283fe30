/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Whether a peer is still there. mux-demux itself has nothing for that; what the
 * transport has (the pings of WebSocket) counts as soon as the peer has answered once, or
 * from the beginning where all peers answer. Guarded by the connection's lock.
 */
final class SignsOfLife {

	/** Looked at once a second: the next look is one away. */
	private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

	private final Duration keepalive;

	private final Duration timeout;

	private boolean answers;

	private long lastReceived;

	private long lastSent;

	private long lastAsked;

	private long batches;

	private long completed;

	private boolean waited;

	/**
	 * Begins.
	 * @param keepalive after what time of silence on our side something is sent
	 * @param timeout how long a peer that answers may give no sign of life
	 * @param answers whether it is known to answer
	 * @param now the time in nanoseconds
	 */
	SignsOfLife(Duration keepalive, Duration timeout, boolean answers, long now) {
		this.keepalive = keepalive;
		this.timeout = timeout;
		this.answers = answers;
		this.lastReceived = now;
		this.lastSent = now;
		this.lastAsked = now;
	}

	void received(long now) {
		this.lastReceived = now;
	}

	void answered(long now) {
		this.answers = true;
		this.lastReceived = now;
	}

	/**
	 * A write that had to wait and then was completed is a sign of life too: somebody
	 * takes what is sent, if slowly, and an answer comes only behind all of that.
	 * @param now the time in nanoseconds
	 * @param begun how many batches were begun so far
	 * @param writing whether the last of them is under way
	 */
	void wrote(long now, long begun, boolean writing) {
		long completed = writing ? begun - 1 : begun;
		if (this.waited && completed != this.completed) {
			this.lastReceived = now;
		}
		this.waited = writing;
		this.completed = completed;
	}

	/**
	 * Tells whether the peer, which answers to signs of life, has been silent for too
	 * long.
	 * @param now the time in nanoseconds
	 * @return what it failed to do, or {@code null}
	 */
	@Nullable String missing(long now) {
		return (this.answers && now - this.lastReceived >= this.timeout.minus(BETWEEN_LOOKS).toNanos())
				? "no sign of life for " + this.timeout.toMillis() + " ms" : null;
	}

	/**
	 * Tells whether it is time to ask the peer, which answers to signs of life, for one:
	 * nothing came from it for so long, even if it is sent much. Each asks once.
	 * @param now the time in nanoseconds
	 * @return whether to ask
	 */
	boolean isToBeAsked(long now) {
		long patience = this.timeout.dividedBy(2).minus(BETWEEN_LOOKS).toNanos();
		boolean ask = this.answers && now - Math.max(this.lastReceived, this.lastAsked) >= patience;
		if (ask) {
			this.lastAsked = now;
		}
		return ask;
	}

	/**
	 * Tells whether it is time to send something, because nothing was sent for so long.
	 * @param now the time in nanoseconds
	 * @param batchesSent how many batches were sent so far
	 * @return whether to send a sign of life
	 */
	boolean isDue(long now, long batchesSent) {
		if (batchesSent != this.batches) {
			this.batches = batchesSent;
			this.lastSent = now;
		}
		return now - this.lastSent >= this.keepalive.minus(BETWEEN_LOOKS).toNanos();
	}

}
