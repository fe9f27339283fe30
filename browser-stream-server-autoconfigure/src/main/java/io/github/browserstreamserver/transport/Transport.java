/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.nio.ByteBuffer;

import io.github.browserstreamserver.stream.PeerIdentity;

/**
 * What carries bytes under a dialect, outbound: a WebSocket session, a session of HTTP
 * requests, or an in-memory pair in a test. No method waits for the peer.
 */
public interface Transport {

	/**
	 * Sends one message. An empty one is a sign of life: the transport sends what it has
	 * for that, if anything. The caller starts no second write before the first is
	 * completed, and leaves the buffer alone until it is told that it is free.
	 * @param message the message, from position to limit, with {@link #headroom()} bytes
	 * before it
	 * @param completion called by any thread, also within this call: with whether it
	 * worked
	 */
	void write(ByteBuffer message, Completion completion);

	/**
	 * Returns how much room the transport wants before a message, where it writes a head
	 * of its own, so that it need neither copy the message nor send it in two parts.
	 * @return bytes
	 */
	default int headroom() {
		return 0;
	}

	/**
	 * Tells whether every peer answers a sign of life, as WebSocket's pings must be, so
	 * that one which never does is not there.
	 * @return whether answers can be counted on
	 */
	default boolean asksForAnswers() {
		return false;
	}

	/**
	 * Returns who is at the other end.
	 * @return what the handshake told
	 */
	default PeerIdentity peer() {
		return PeerIdentity.UNKNOWN;
	}

	/**
	 * Asks the peer for a sign of life below the dialect, where every peer has to answer
	 * whatever its code is busy with; {@link Connection#answered()} tells of the answer.
	 * @return whether the transport asks now; if not, the dialect has to
	 */
	default boolean ask() {
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
		 * The transport needs the message's buffer no more. Called once at most, before
		 * {@link #completed}, which means the same if this was not called.
		 */
		default void bufferFree() {
		}

		/**
		 * The write is over. Called once.
		 * @param written whether all of it was handed to the network
		 */
		void completed(boolean written);

	}

}
