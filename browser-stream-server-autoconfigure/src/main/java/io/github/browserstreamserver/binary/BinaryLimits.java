/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Duration;

/**
 * The bounds within which a peer of the binary dialect moves.
 *
 * @param maxStreams how many streams a peer may have open on one connection, at least 1
 * @param maxWindow how far the window of one direction of a stream grows, in bytes, at
 * least 16384
 * @param keepalive the longest silence on the relay's side; a peer that is silent three
 * times as long is cut off
 * @param acceptTimeout how long a host has to accept a stream
 * @param handshakeTimeout how long a peer has to say HELLO
 */
public record BinaryLimits(int maxStreams, int maxWindow, Duration keepalive, Duration acceptTimeout,
		Duration handshakeTimeout) {

	/** The bounds that hold where nothing else is said. */
	public static final BinaryLimits DEFAULTS = new BinaryLimits(1_000, 1_048_576, Duration.ofSeconds(15),
			Duration.ofSeconds(30), Duration.ofSeconds(10));

}
