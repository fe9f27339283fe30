/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.WebSocketSession;

/**
 * A session whose messages do not go through Spring: a connection is given its transport,
 * and gets what comes in from there. Spring's handler hears of its beginning and its end.
 */
public interface CarriedSession extends WebSocketSession {

	/**
	 * Returns the way to the peer.
	 * @return the transport
	 */
	Transport transport();

	/**
	 * Says who is to get what the peer sends. Called once, before anything is read.
	 * @param connection the connection
	 */
	void carry(Connection connection);

	/**
	 * Returns who gets it.
	 * @return the connection, or {@code null} if none was given
	 */
	@Nullable Connection carried();

}
