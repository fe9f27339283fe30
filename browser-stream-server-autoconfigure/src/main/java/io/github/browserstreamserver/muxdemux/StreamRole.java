/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

/**
 * What a stream of mux-demux is for.
 */
enum StreamRole {

	/** A host's, that stands for its name. */
	LISTEN,

	/** A host's, that accepts a client. */
	ACCEPT,

	/** A client's. */
	CONNECT,

	/** One to a route of the application. */
	ROUTE,

	/** A name that cannot be decoded: for nothing. */
	NONE

}
