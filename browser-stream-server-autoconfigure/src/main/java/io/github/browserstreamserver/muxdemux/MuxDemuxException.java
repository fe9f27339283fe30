/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import io.github.browserstreamserver.stream.ErrorCode;

/**
 * What a peer did that ends its connection, or a message that ends its stream. It is
 * thrown on the way of ordinary input, so it has no stack trace.
 */
final class MuxDemuxException extends Exception {

	private static final long serialVersionUID = 1L;

	private final ErrorCode code;

	private final String reason;

	MuxDemuxException(ErrorCode code, String reason) {
		super(reason, null, false, false);
		this.code = code;
		this.reason = reason;
	}

	ErrorCode code() {
		return this.code;
	}

	String reason() {
		return this.reason;
	}

}
