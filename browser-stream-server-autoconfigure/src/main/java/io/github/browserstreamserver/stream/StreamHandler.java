/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

/**
 * Java code that hosts a name: called once for each client that connects. It runs on a
 * thread of its own and may wait; streams whose handlers run at the same time are
 * independent of each other.
 */
@FunctionalInterface
public interface StreamHandler {

	/**
	 * Serves one client. The stream stays open when this returns, until somebody ends it.
	 * @param stream the stream to the client
	 * @throws Exception to reset the stream with {@link ErrorCode#INTERNAL}; a
	 * {@link StreamException} resets it with its own code
	 */
	void handle(DuplexStream stream) throws Exception;

}
