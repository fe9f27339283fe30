/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.net.ProtocolException;

/**
 * How a WebSocket begins, at one of its ends.
 */
interface Handshake {

	/**
	 * Returns what is said first.
	 * @return a request, or nothing
	 */
	String begin();

	/**
	 * Returns what is said to what the other end says.
	 * @param head all of it, with the empty line
	 * @return a response, or nothing
	 * @throws ProtocolException if it begins no WebSocket
	 */
	String answer(String head) throws ProtocolException;

	/**
	 * Returns whether frames of this end are masked.
	 * @return whether they are
	 */
	boolean masks();

}
