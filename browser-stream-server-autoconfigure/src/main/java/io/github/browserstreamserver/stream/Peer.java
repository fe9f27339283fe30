/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

/**
 * Somebody to whom streams can be opened: the connection of a tab, or Java code. Safe for
 * use by several threads.
 */
public interface Peer {

	/**
	 * Makes a stream towards this peer, without telling it yet.
	 * @param request what the client asked for
	 * @return the stream, to be joined and then started
	 */
	OutgoingStream prepare(StreamRequest request);

	/**
	 * Returns who it is.
	 * @return what is known of it
	 */
	default PeerIdentity identity() {
		return PeerIdentity.UNKNOWN;
	}

	/**
	 * Tells whether this peer went without taking its leave, so that it may come back for
	 * what it had.
	 * @return whether its line broke; meaningful only when it is gone
	 */
	default boolean isLost() {
		return false;
	}

}
