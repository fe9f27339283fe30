/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

/**
 * Where a dialect takes the streams that its peer opens. Safe for use by several threads.
 */
@FunctionalInterface
public interface StreamAcceptor {

	/**
	 * A peer opened a stream. Before this returns, the end is joined or reset.
	 * @param from the peer, to open streams to
	 * @param request what it asks for
	 * @param end its end of the stream
	 */
	void accept(Peer from, StreamRequest request, StreamEnd end);

}
