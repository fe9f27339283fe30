/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

/**
 * Whose connection is gone, as the other side of a stream is told.
 */
public enum Gone {

	/** The host's. */
	HOST(ErrorCode.HOST_GONE, "the host's connection is gone"),

	/** The client's. */
	CLIENT(ErrorCode.CLIENT_GONE, "the client's connection is gone");

	private final ErrorCode code;

	private final String reason;

	Gone(ErrorCode code, String reason) {
		this.code = code;
		this.reason = reason;
	}

	/**
	 * Resets the other side's end.
	 * @param other the end
	 */
	public void reset(StreamEnd other) {
		other.reset(this.code, this.reason);
	}

}
