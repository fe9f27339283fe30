/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.io.Serial;

import io.github.browserstreamserver.stream.ErrorCode;

/**
 * What a peer sent breaks the protocol, so that its connection must end. Without a stack
 * trace: it tells about the peer, not about this code, and peers can cause any number.
 */
final class ProtocolException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	private final ErrorCode code;

	ProtocolException(ErrorCode code, String message) {
		super(message, null, false, false);
		this.code = code;
	}

	ProtocolException(String message) {
		this(ErrorCode.PROTOCOL_ERROR, message);
	}

	ErrorCode code() {
		return this.code;
	}

	String reason() {
		return String.valueOf(getMessage());
	}

}
