/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * One end of a stream, as whoever stands behind it sees it: a call here travels towards
 * the peer of that end. Two ends are joined by giving each the other; what one's peer
 * sends is then called on the other. The proxy and every dialect meet at this seam, and
 * nothing about it tells a tab from Java code.
 * <p>
 * No method waits or throws for what a peer did. {@link #data}, {@link #end},
 * {@link #hangUp} and {@link #accept} come from one thread at a time and in order;
 * {@link #reset} and {@link #released} may come from any thread. After an end was reset,
 * calls on it do nothing. An implementation must not hold a lock while it calls another
 * end.
 */
public interface StreamEnd {

	/** An end that goes nowhere. */
	StreamEnd NOWHERE = new StreamEnd() {
	};

	/**
	 * Says where things go that this end's peer sends. Called once, before anything is
	 * sent.
	 * @param other the end to call
	 */
	default void join(StreamEnd other) {
	}

	/**
	 * The other side took the stream.
	 */
	default void accept() {
	}

	/**
	 * A part of a message. The buffer belongs to the caller and is valid only during the
	 * call. {@code cost} is what the part took of its sender's credit; it must come back
	 * through {@link #released} of the joined end, exactly once, when the part has left
	 * or was dropped.
	 * @param kind the message's kind
	 * @param first whether the part begins the message
	 * @param last whether the part ends the message
	 * @param payload the bytes
	 * @param cost in bytes of credit
	 */
	default void data(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
	}

	/**
	 * The other side sends no more.
	 */
	default void end() {
	}

	/**
	 * The stream is over, both directions, now.
	 * @param code why
	 * @param reason for people
	 */
	default void reset(ErrorCode code, String reason) {
	}

	/**
	 * The other side sends no more, and reads no more either: what is sent to it from now
	 * on is lost. For an end that knows half-close this is no more than {@link #end()}.
	 */
	default void hangUp() {
		end();
	}

	/**
	 * Tells whether this end's peer can take more only after a certain connection was
	 * read, so that not to read that one would be to wait for ever.
	 * @param unread the connection
	 * @param seen connections that were looked at already
	 * @return whether it is so
	 */
	default boolean waitsFor(Object unread, Set<Object> seen) {
		return false;
	}

	/**
	 * What this end gave to the one it is joined with has left the house.
	 * @param cost the sum of the costs that were given with it
	 */
	default void released(int cost) {
	}

}
