/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.nio.ByteBuffer;

/**
 * What a dialect makes of a transport, inbound: the transport calls it. {@link #received}
 * comes from one thread at a time and in order, the rest from any thread. No method
 * waits, and none throws for what a peer sent.
 */
public interface Connection {

	/**
	 * Bytes of a message came in. A part is as good as a whole message.
	 * @param part the bytes; the buffer belongs to the transport and is valid only during
	 * the call
	 * @param last whether the message ends with them
	 */
	void received(ByteBuffer part, boolean last);

	/**
	 * The peer gave a sign of life that the dialect does not see otherwise.
	 */
	default void alive() {
	}

	/**
	 * Something arrived that this dialect does not speak, so the connection is closed.
	 * @param closeCode the WebSocket close code for it
	 * @param reason for people
	 */
	void unsupported(int closeCode, String reason);

	/**
	 * The transport is gone. A second call has no effect.
	 * @param reason what is known about why, for people
	 */
	void closed(String reason);

	/**
	 * Time went by: look at deadlines. Called about once a second.
	 */
	void tick();

	/**
	 * The application stops: close, and say so.
	 */
	void shutdown();

}
