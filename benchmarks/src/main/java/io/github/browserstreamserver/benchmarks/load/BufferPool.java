/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Direct buffers of two sizes, so that a thousand idle connections hold none.
 */
final class BufferPool {

	static final int SMALL = 4 * 1024;

	static final int LARGE = 256 * 1024;

	private final ArrayDeque<ByteBuffer> small = new ArrayDeque<>();

	private final ArrayDeque<ByteBuffer> large = new ArrayDeque<>();

	/**
	 * Lends a buffer.
	 * @param size how much has to fit
	 * @return an empty buffer
	 */
	ByteBuffer take(int size) {
		if (size > LARGE) {
			return ByteBuffer.allocateDirect(size);
		}
		ByteBuffer buffer = ((size <= SMALL) ? this.small : this.large).poll();
		return (buffer != null) ? buffer.clear() : ByteBuffer.allocateDirect((size <= SMALL) ? SMALL : LARGE);
	}

	void give(ByteBuffer buffer) {
		if (buffer.capacity() == SMALL) {
			this.small.push(buffer);
		}
		else if (buffer.capacity() == LARGE) {
			this.large.push(buffer);
		}
	}

}
