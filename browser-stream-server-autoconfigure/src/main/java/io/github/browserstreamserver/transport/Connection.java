/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.nio.ByteBuffer;
import java.time.Duration;

import io.github.browserstreamserver.stream.PeerIdentity;

/**
 * What a dialect makes of a transport, inbound: the transport calls it. {@link #received}
 * comes from one thread at a time and in order, the rest from any thread. No method
 * waits, and none throws for what a peer sent.
 */
public interface Connection {

	/**
	 * The connection is one of those that are taken: what the dialect says first can be
	 * said now. Called once at most, and not if the connection is refused.
	 */
	default void admitted() {
	}

	/**
	 * Bytes of a message came in. A part is as good as a whole message.
	 * @param part the bytes; the buffer belongs to the transport and is valid only during
	 * the call
	 * @param last whether the message ends with them
	 */
	void received(ByteBuffer part, boolean last);

	/**
	 * The peer gave a sign of life that the dialect does not see otherwise: it takes what
	 * it did not take before.
	 */
	default void alive() {
	}

	/**
	 * The peer's machine answered what the transport asked, so that it has got what was
	 * sent before. That says nothing of the peer's own code: a browser answers for a page
	 * that stands still.
	 */
	default void answered() {
		alive();
	}

	/**
	 * The peer takes its leave in due form: what it had is not kept for it. Called before
	 * {@link #closed}, if at all.
	 */
	default void left() {
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
	 * The application stops soon: the peer is told, where the dialect has a word for it,
	 * and the connection closes by itself when its last stream is over.
	 * @param spread over what time the peers that are told so are to come back
	 */
	void drain(Duration spread);

	/**
	 * The application stops: close, and say so.
	 */
	void shutdown();

	/**
	 * The connection is one too many: close, and say so.
	 * @param reason which bound there is, for people
	 */
	void refuse(String reason);

	/**
	 * Returns whose connection it is.
	 * @return what the handshake told
	 */
	default PeerIdentity identity() {
		return PeerIdentity.UNKNOWN;
	}

}
