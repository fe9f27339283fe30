/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

/**
 * What one message is. It arrives as what it was written as.
 */
public enum MessageKind {

	/** Bytes. */
	BINARY,

	/** Text, UTF-8 on the wire. */
	TEXT,

	/** One JSON value as a text, UTF-8 on the wire. */
	JSON

}
