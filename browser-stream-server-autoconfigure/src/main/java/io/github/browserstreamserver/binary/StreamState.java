/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import org.jspecify.annotations.Nullable;

/**
 * The states of one end of a stream, and the table of section 4 of
 * {@code docs/protocol.md} as one pure function. RESET leads to {@link #CLOSED} from
 * everywhere and is not in it.
 */
enum StreamState {

	/** We sent OPEN; the answer is to come. */
	OPENING,

	/** We sent OPEN and END; the answer is to come. */
	OPENING_ENDED,

	/** We received OPEN and are to answer. */
	OFFERED,

	/** We received OPEN and END and are to answer. */
	OFFERED_ENDED,

	/** Both directions are open. */
	OPEN,

	/** We sent END. */
	HALF_CLOSED_LOCAL,

	/** We received END. */
	HALF_CLOSED_REMOTE,

	/** Over. */
	CLOSED;

	/** The frames that the table speaks of. */
	enum Event {

		DATA, CREDIT, ACCEPT, END

	}

	/**
	 * The state after a frame was sent.
	 * @param event the frame
	 * @return the next state, or {@code null} if the frame must not be sent
	 */
	@Nullable StreamState sent(Event event) {
		return switch (this) {
			case OPENING -> switch (event) {
				case DATA, CREDIT -> this;
				case END -> OPENING_ENDED;
				case ACCEPT -> null;
			};
			case OPENING_ENDED -> (event == Event.CREDIT) ? this : null;
			case OFFERED -> switch (event) {
				case CREDIT -> this;
				case ACCEPT -> OPEN;
				case DATA, END -> null;
			};
			case OFFERED_ENDED -> switch (event) {
				case CREDIT -> this;
				case ACCEPT -> HALF_CLOSED_REMOTE;
				case DATA, END -> null;
			};
			case OPEN -> switch (event) {
				case DATA, CREDIT -> this;
				case END -> HALF_CLOSED_LOCAL;
				case ACCEPT -> null;
			};
			case HALF_CLOSED_LOCAL -> (event == Event.CREDIT) ? this : null;
			case HALF_CLOSED_REMOTE -> switch (event) {
				case DATA, CREDIT -> this;
				case END -> CLOSED;
				case ACCEPT -> null;
			};
			case CLOSED -> null;
		};
	}

	/**
	 * The state after a frame was received.
	 * @param event the frame
	 * @return the next state, or {@code null} if the peer must not have sent it
	 */
	@Nullable StreamState received(Event event) {
		return switch (this) {
			case OPENING -> switch (event) {
				case CREDIT -> this;
				case ACCEPT -> OPEN;
				case DATA, END -> null;
			};
			case OPENING_ENDED -> switch (event) {
				case CREDIT -> this;
				case ACCEPT -> HALF_CLOSED_LOCAL;
				case DATA, END -> null;
			};
			case OFFERED -> switch (event) {
				case DATA, CREDIT -> this;
				case END -> OFFERED_ENDED;
				case ACCEPT -> null;
			};
			case OFFERED_ENDED -> (event == Event.CREDIT) ? this : null;
			case OPEN -> switch (event) {
				case DATA, CREDIT -> this;
				case END -> HALF_CLOSED_REMOTE;
				case ACCEPT -> null;
			};
			case HALF_CLOSED_LOCAL -> switch (event) {
				case DATA, CREDIT -> this;
				case END -> CLOSED;
				case ACCEPT -> null;
			};
			case HALF_CLOSED_REMOTE -> (event == Event.CREDIT) ? this : null;
			case CLOSED -> this;
		};
	}

	/**
	 * Tells whether the other side has yet to take the stream, or we have.
	 * @return whether ACCEPT is missing
	 */
	boolean isUnaccepted() {
		return this == OPENING || this == OPENING_ENDED || this == OFFERED || this == OFFERED_ENDED;
	}

}
