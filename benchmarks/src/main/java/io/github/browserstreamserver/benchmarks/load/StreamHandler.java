/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * What a measure does at one end of a stream. All calls come on the loop's thread.
 */
interface StreamHandler {

	/**
	 * The stream is there, or came to be ready again.
	 * @param end the end
	 */
	default void writable(StreamEnd end) {
	}

	/**
	 * A part of a message came in.
	 * @param end where
	 * @param part of it, only valid during the call
	 * @param last whether the message ends with it
	 * @throws IOException if it is not what was sent
	 */
	void received(StreamEnd end, ByteBuffer part, boolean last) throws IOException;

	/**
	 * The stream is closed in both directions.
	 * @param end the end
	 * @param cause why, if it did not close as it should: then no measure makes sense
	 */
	default void closed(StreamEnd end, @Nullable IOException cause) {
		if (cause != null) {
			throw new UncheckedIOException(cause);
		}
	}

}
