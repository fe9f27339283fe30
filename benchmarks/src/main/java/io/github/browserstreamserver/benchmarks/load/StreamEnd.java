/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * One end of a stream, whatever carries it.
 */
interface StreamEnd {

	/**
	 * Returns whether a message may be sent now. If not,
	 * {@link StreamHandler#writable(StreamEnd)} says when.
	 * @return whether it may
	 */
	boolean isReady();

	/**
	 * Sends a message; only when the stream is {@linkplain #isReady() ready}.
	 * @param payload which must not change before the stream is ready again
	 */
	void send(ByteBuffer payload);

	/**
	 * No more is sent; the other side is told, behind what was sent before.
	 */
	void close();

}
