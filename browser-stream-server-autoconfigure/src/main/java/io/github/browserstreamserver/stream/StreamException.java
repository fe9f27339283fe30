/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.io.Serial;
import java.util.Objects;

/**
 * A stream ended early, or could not be opened. {@link #code()} is stable; the message is
 * for people and says what happened and what it was about.
 */
public class StreamException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final ErrorCode code;

	private final String reason;

	/**
	 * Creates an exception.
	 * @param code why
	 * @param message what happened, for people
	 */
	public StreamException(ErrorCode code, String message) {
		super(code + ": " + message);
		this.reason = message;
		this.code = Objects.requireNonNull(code, "'code' must not be null");
	}

	/**
	 * Creates an exception with the stack trace of the thread that is told.
	 * @param cause what happened, perhaps on another thread
	 */
	public StreamException(StreamException cause) {
		super(cause.getMessage(), cause);
		this.code = cause.code;
		this.reason = cause.reason;
	}

	/**
	 * Returns why the stream ended.
	 * @return the code
	 */
	public ErrorCode code() {
		return this.code;
	}

	/**
	 * Returns what happened, without the code that the message begins with.
	 * @return the reason, for people
	 */
	public String reason() {
		return this.reason;
	}

}
