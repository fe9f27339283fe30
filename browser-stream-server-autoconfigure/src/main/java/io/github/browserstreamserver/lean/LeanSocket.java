/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connected socket, with or without TLS. Nothing here waits. Reading and writing may
 * come from two threads at a time, unless it {@link #isSecure()}.
 */
interface LeanSocket {

	/**
	 * Returns what a selector can watch.
	 * @return the channel beneath, not to be read or written
	 */
	SocketChannel channel();

	/**
	 * Tells whether there is TLS, which must not read and write at the same time.
	 * @return whether the event loop alone may use it
	 */
	boolean isSecure();

	/**
	 * Reads what there is.
	 * @param into where
	 * @return how many bytes, 0 if there are none now, -1 if none will come
	 * @throws IOException if the line broke
	 */
	int read(ByteBuffer into) throws IOException;

	/**
	 * Writes what the network takes.
	 * @param from what
	 * @return whether all has left
	 * @throws IOException if the line broke
	 */
	boolean write(ByteBuffer from) throws IOException;

	/**
	 * Closes the socket. A second call has no effect.
	 */
	void close();

}
