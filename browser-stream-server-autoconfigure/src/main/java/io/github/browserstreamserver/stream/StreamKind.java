/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

/**
 * What a peer asks for when it opens a stream.
 */
public enum StreamKind {

	/** To be the host of a name. */
	LISTEN,

	/** To be joined with the host of a name. */
	CONNECT,

	/** To reach a handler in the application by its path. */
	ROUTE

}
