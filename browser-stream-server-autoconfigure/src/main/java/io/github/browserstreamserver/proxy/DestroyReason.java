/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

/**
 * Why a server is no more.
 */
public enum DestroyReason {

	/** The host stopped listening. */
	ENDED,

	/** The host's connection was lost or closed. */
	HOST_GONE,

	/** The owner of the name listens on it from another connection. */
	REPLACED,

	/** The application stops. */
	SHUTDOWN

}
