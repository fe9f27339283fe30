/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.route;

import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.StreamException;

/**
 * Java code behind a route: called once for each stream that is opened to it. It runs on
 * a thread of its own and may wait; streams whose handlers run at the same time are
 * independent of each other.
 */
@FunctionalInterface
public interface RouteHandler {

	/**
	 * Serves one stream. It stays open when this returns, until somebody ends it.
	 * @param stream the stream to whoever opened it; its name is the path
	 * @param match how the path matched the pattern
	 * @throws Exception to reset the stream with {@link ErrorCode#INTERNAL}; a
	 * {@link StreamException} resets it with its own code
	 */
	void handle(DuplexStream stream, RouteMatch match) throws Exception;

}
