/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * A message that is put together, in a buffer that grows and is used for the next one
 * too.
 */
final class MessageBuffer {

	private ByteBuffer bytes = ByteBuffer.allocate(1024);

	/**
	 * Returns where the next part goes.
	 * @param more how many bytes it has at most
	 * @return the buffer, to be written to at its position
	 */
	ByteBuffer room(int more) {
		if (this.bytes.remaining() < more) {
			this.bytes = ByteBuffer.allocate(2 * (this.bytes.position() + more)).put(this.bytes.flip());
		}
		return this.bytes;
	}

	/**
	 * Ends the message, and another begins.
	 * @return the message, valid until there is more
	 */
	ByteBuffer end() {
		ByteBuffer message = this.bytes.duplicate().flip();
		this.bytes.clear();
		return message;
	}

}
