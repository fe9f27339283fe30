/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * What a dialect hears of its WebSocket.
 */
interface FrameSink {

	/**
	 * The handshake is over.
	 */
	void opened();

	/**
	 * A part of a message came in.
	 * @param part of it, only valid during the call
	 * @param last whether the message ends with it
	 * @throws IOException if it makes no sense
	 */
	void received(ByteBuffer part, boolean last) throws IOException;

	/**
	 * There is room again.
	 */
	void drained();

	/**
	 * What waits in the dialect goes out now.
	 */
	void beforeFlush();

	/**
	 * The WebSocket is closed.
	 * @param cause why; {@code null} after a close handshake, or if we closed it
	 */
	void closed(@Nullable IOException cause);

}
