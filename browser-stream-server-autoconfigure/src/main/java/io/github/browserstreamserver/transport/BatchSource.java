/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.nio.ByteBuffer;
import java.util.List;

import io.github.browserstreamserver.stream.StreamEnd;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one connection, as its {@link BatchWriter} sees it. Guarded by
 * the connection's lock.
 */
public interface BatchSource {

	/**
	 * Tells whether there is certainly nothing to send.
	 * @return whether not to ask
	 */
	boolean isEmpty();

	/**
	 * Fills the next WebSocket message, or a part of it.
	 * @param senders gets the streams that have data in it
	 * @return the message, from position to limit, in a buffer of the connection's
	 * {@link BatchBuffers}, with the transport's headroom before it; {@code null} if
	 * there is nothing to send. An empty message is sent as a sign of life
	 */
	@Nullable ByteBuffer fill(List<? super Sender> senders);

	/**
	 * Drops all that waits.
	 */
	void clear();

	/**
	 * A stream that had data in a batch.
	 */
	interface Sender {

		/**
		 * Returns, once, what its data in the batch had cost.
		 * @return the cost, to be released to the other end
		 */
		int takeSentCost();

		/**
		 * Returns whose data it was.
		 * @return the end that it is joined with
		 */
		StreamEnd other();

	}

}
