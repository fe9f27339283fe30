/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.io.Serial;

/**
 * An OPEN of the right form asks for something that is not allowed. Without a stack
 * trace, as it tells about the peer.
 */
final class InvalidOpenException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	InvalidOpenException(String message) {
		super(message, null, false, false);
	}

	String reason() {
		return String.valueOf(getMessage());
	}

}
