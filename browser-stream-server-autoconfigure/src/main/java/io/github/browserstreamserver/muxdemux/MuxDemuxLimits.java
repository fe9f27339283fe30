/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.time.Duration;

import io.github.browserstreamserver.stream.OpenRate;

/**
 * The bounds within which a peer of the mux-demux dialect moves.
 *
 * @param maxStreams how many streams a peer may have open on one connection, at least 1
 * @param maxHeld how much of what a stream's peer writes is held for a reader that is
 * slow, in bytes, before its connection is read no further
 * @param maxMessage the longest line that a peer may send, and the largest message that
 * is made a line for it, in bytes
 * @param keepalive the longest silence on the relay's side
 * @param livenessTimeout how long a peer that answers to signs of life may give none
 * @param acceptTimeout how long a host has to open the stream that accepts a client
 * @param opensPerSecond how many streams a peer may open a second in the long run,
 * {@link OpenRate#UNBOUNDED} for as many as it likes
 * @param idleTimeout after what time without data a stream is reset, zero for never
 * @param bytesPerSecond how much a connection may send a second in the long run, over all
 * its streams, in bytes
 */
public record MuxDemuxLimits(int maxStreams, int maxHeld, int maxMessage, Duration keepalive, Duration livenessTimeout,
		Duration acceptTimeout, int opensPerSecond, Duration idleTimeout, long bytesPerSecond) {

	/** The bounds that hold where nothing else is said. */
	public static final MuxDemuxLimits DEFAULTS = new MuxDemuxLimits(1_000, 1_048_576, 16_777_216,
			Duration.ofSeconds(15), Duration.ofSeconds(30));

	/**
	 * Creates bounds, with a peer that answers cut off after 20 seconds of silence, and
	 * as many opens and bytes, and streams as idle, as it likes.
	 * @param maxStreams how many streams a peer may have open
	 * @param maxHeld how much is held for a slow reader, in bytes
	 * @param maxMessage the longest line, in bytes
	 * @param keepalive the longest silence on the relay's side
	 * @param acceptTimeout how long a host has to accept a client
	 */
	public MuxDemuxLimits(int maxStreams, int maxHeld, int maxMessage, Duration keepalive, Duration acceptTimeout) {
		this(maxStreams, maxHeld, maxMessage, keepalive, Duration.ofSeconds(20), acceptTimeout, OpenRate.UNBOUNDED,
				Duration.ZERO, Long.MAX_VALUE);
	}

}
