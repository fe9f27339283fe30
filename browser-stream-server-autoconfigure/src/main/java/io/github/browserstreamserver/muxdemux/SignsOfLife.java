/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Whether a peer is still there. mux-demux itself has nothing for that; what the
 * transport has (the pings of WebSocket) counts as soon as the peer has answered once.
 * Guarded by the connection's lock.
 */
final class SignsOfLife {

	private static final int PATIENCE = 3;

	/** Looked at once a second: the next look is one away. */
	private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

	private final Duration keepalive;

	private boolean answers;

	private long lastReceived;

	private long lastSent;

	private long batches;

	SignsOfLife(Duration keepalive, long now) {
		this.keepalive = keepalive;
		this.lastReceived = now;
		this.lastSent = now;
	}

	void received(long now) {
		this.lastReceived = now;
	}

	void answered(long now) {
		this.answers = true;
		this.lastReceived = now;
	}

	/**
	 * Tells whether the peer, which answers to signs of life, has been silent for too
	 * long.
	 * @param now the time in nanoseconds
	 * @return what it failed to do, or {@code null}
	 */
	@Nullable String missing(long now) {
		Duration patience = this.keepalive.multipliedBy(PATIENCE);
		return (this.answers && now - this.lastReceived >= patience.toNanos())
				? "nothing received for " + patience.toMillis() + " ms" : null;
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
