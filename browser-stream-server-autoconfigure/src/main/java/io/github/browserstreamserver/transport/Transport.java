/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.nio.ByteBuffer;

/**
 * What carries bytes under a dialect, outbound: a WebSocket session, a session of HTTP
 * requests, or an in-memory pair in a test. No method waits for the peer.
 */
public interface Transport {

	/**
	 * Sends one message. An empty one is a sign of life: the transport sends what it has
	 * for that, if anything. The caller starts no second write before the first is
	 * completed, and leaves the buffer alone until then.
	 * @param message the message, from position to limit
	 * @param completion called once, by any thread, also within this call: with whether
	 * it worked
	 */
	void write(ByteBuffer message, Completion completion);

	/**
	 * Tells whether every peer answers a sign of life, as WebSocket's pings must be, so
	 * that one which never does is not there.
	 * @return whether answers can be counted on
	 */
	default boolean asksForAnswers() {
		return false;
	}

	/**
	 * Tells whether {@link #write} takes a copy of the message, so that the caller can
	 * have its buffer back at once.
	 * @return whether it does
	 */
	default boolean copies() {
		return false;
	}

	/**
	 * Closes the connection. Only the first call counts. A write that is still under way
	 * may be cut off.
	 * @param code the close code, as WebSocket has them
	 * @param reason for people, up to 123 bytes of UTF-8
	 */
	void close(int code, String reason);

	/**
	 * Reads nothing more from the peer until {@link #resume()}. What was read already is
	 * still given to the connection.
	 * @return whether this transport can do that
	 */
	default boolean suspend() {
		return false;
	}

	/**
	 * Reads again, after a {@link #suspend()} that returned {@code true}.
	 */
	default void resume() {
	}

	/**
	 * The end of a write.
	 */
	@FunctionalInterface
	interface Completion {

		/**
		 * The write is over.
		 * @param written whether all of it was handed to the network
		 */
		void completed(boolean written);

	}

}
