/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

/**
 * A stream towards a peer that does not know of it yet. What is called on it before
 * {@link #start} waits, in order.
 */
public interface OutgoingStream extends StreamEnd {

	/**
	 * Tells the peer. If that is not possible any more, the joined end is reset and told
	 * why.
	 */
	void start();

}
