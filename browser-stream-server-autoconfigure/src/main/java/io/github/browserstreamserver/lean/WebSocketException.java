/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

/**
 * A peer broke RFC 6455, or left: what to close its connection with.
 */
final class WebSocketException extends Exception {

	private static final long serialVersionUID = 1L;

	private final int code;

	private final String reason;

	WebSocketException(int code, String reason) {
		// what a peer did needs no stack trace
		super(code + " " + reason, null, false, false);
		this.code = code;
		this.reason = reason;
	}

	static WebSocketException protocolError(String reason) {
		return new WebSocketException(CloseCode.PROTOCOL_ERROR, reason);
	}

	int code() {
		return this.code;
	}

	String reason() {
		return this.reason;
	}

}
