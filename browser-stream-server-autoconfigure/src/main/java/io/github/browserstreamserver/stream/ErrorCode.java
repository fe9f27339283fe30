/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

/**
 * Why a stream or a connection ended early. The list is the same in Java, in the browser
 * client and in section 5 of {@code docs/protocol.md}, which says when each is used.
 */
public enum ErrorCode {

	/** Nobody listens on the name that was connected to. */
	NO_SUCH_SERVER(1),

	/** Somebody else listens on the name already. */
	NAME_TAKEN(2),

	/** The host or the application declined the stream. */
	REFUSED(3),

	/** A bound was reached: streams, memory, size. The reason says which. */
	LIMIT(4),

	/** An answer did not come in time. */
	TIMEOUT(5),

	/** The host's connection was lost, or the host stopped listening. */
	HOST_GONE(6),

	/** The client's connection was lost. */
	CLIENT_GONE(7),

	/** The other side broke a rule of the protocol. */
	PROTOCOL_ERROR(8),

	/** More data than credit, or more credit than can be. */
	FLOW_CONTROL(9),

	/** Whoever reset the stream wants no more of it. */
	CANCELLED(10),

	/** A fault of whoever reports it. */
	INTERNAL(11),

	/** The application has no handler for the route. */
	NO_SUCH_ROUTE(12),

	/** The application stops. */
	SHUTDOWN(13),

	/** The owner of the name listens on it from another connection. */
	REPLACED(14),

	/** The target, metadata, key or kind of an open is not allowed. */
	INVALID_OPEN(15),

	/** Never on the wire: a peer's own library reports that its connection broke. */
	CONNECTION_LOST(16);

	private static final ErrorCode[] BY_NUMBER = new ErrorCode[17];

	static {
		for (ErrorCode code : values()) {
			BY_NUMBER[code.number] = code;
		}
	}

	private static final int WEBSOCKET_CLOSE_BASE = 4000;

	private final int number;

	ErrorCode(int number) {
		this.number = number;
	}

	/**
	 * Returns the code's number on the wire.
	 * @return 1 to 16
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Returns the WebSocket close code of a connection that ends with this code.
	 * @return 4000 and the number
	 */
	public int closeCode() {
		return WEBSOCKET_CLOSE_BASE + this.number;
	}

	/**
	 * Finds a code by its number on the wire. A number that this version does not know,
	 * or that never is on the wire, reads as {@link #CANCELLED}, as the protocol asks.
	 * @param number the number on the wire
	 * @return the code, never null
	 */
	public static ErrorCode of(int number) {
		return (number > 0 && number < CONNECTION_LOST.number) ? BY_NUMBER[number] : CANCELLED;
	}

}
