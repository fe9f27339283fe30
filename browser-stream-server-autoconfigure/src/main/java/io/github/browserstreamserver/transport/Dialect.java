/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

/**
 * A language that peers speak over a transport. Safe for use by several threads.
 */
@FunctionalInterface
public interface Dialect {

	/**
	 * Begins to speak with a peer.
	 * @param transport the way to the peer
	 * @param description who the peer is, for logs
	 * @return what the transport is to call
	 */
	Connection connect(Transport transport, String description);

}
