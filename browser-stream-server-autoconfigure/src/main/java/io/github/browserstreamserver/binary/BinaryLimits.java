/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Duration;

import io.github.browserstreamserver.stream.OpenRate;

/**
 * The bounds within which a peer of the binary dialect moves.
 *
 * @param maxStreams how many streams a peer may have open on one connection, at least 1
 * @param maxWindow how far the window of one direction of a stream grows, in bytes, at
 * least 16384
 * @param keepalive the longest silence on the relay's side
 * @param livenessTimeout how long a peer may give no sign of life before it is cut off,
 * at least 5 seconds; it is asked for one when half of that has passed
 * @param acceptTimeout how long a host has to accept a stream
 * @param handshakeTimeout how long a peer has to say HELLO
 * @param opensPerSecond how many streams a peer may open and reset a second in the long
 * run, {@link OpenRate#UNBOUNDED} for as many as it likes
 * @param maxUnaccepted how many streams may wait at a time until a host accepts them
 * @param idleTimeout after what time without data a stream is reset, zero for never
 * @param bytesPerSecond how much a peer may send a second in the long run,
 * {@code Long.MAX_VALUE} for as much as it likes
 */
public record BinaryLimits(int maxStreams, int maxWindow, Duration keepalive, Duration livenessTimeout,
		Duration acceptTimeout, Duration handshakeTimeout, int opensPerSecond, int maxUnaccepted, Duration idleTimeout,
		long bytesPerSecond) {

	/** The bounds that hold where nothing else is said. */
	public static final BinaryLimits DEFAULTS = new BinaryLimits(1_000, 1_048_576, Duration.ofSeconds(15),
			Duration.ofSeconds(30), Duration.ofSeconds(10));

	/**
	 * Creates bounds, with those that are seldom spoken of as they are when nothing is
	 * said: a peer is cut off after 20 seconds without a sign of life, may open as many
	 * streams as it likes, and streams may be idle.
	 * @param maxStreams how many streams a peer may have open
	 * @param maxWindow how far a window grows, in bytes
	 * @param keepalive the longest silence on the relay's side
	 * @param acceptTimeout how long a host has to accept a stream
	 * @param handshakeTimeout how long a peer has to say HELLO
	 */
	public BinaryLimits(int maxStreams, int maxWindow, Duration keepalive, Duration acceptTimeout,
			Duration handshakeTimeout) {
		this(maxStreams, maxWindow, keepalive, Duration.ofSeconds(20), acceptTimeout, handshakeTimeout,
				OpenRate.UNBOUNDED, Integer.MAX_VALUE, Duration.ZERO, Long.MAX_VALUE);
	}

}
