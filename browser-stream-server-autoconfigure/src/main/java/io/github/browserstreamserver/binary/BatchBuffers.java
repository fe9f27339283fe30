/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Buffers that connections borrow only while they write, so that an idle connection holds
 * none. Safe for use by several threads.
 */
final class BatchBuffers {

	static final int SIZE = 65_536;

	private static final int KEPT = 64;

	private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

	private final AtomicInteger kept = new AtomicInteger();

	ByteBuffer take() {
		ByteBuffer buffer = this.free.poll();
		if (buffer == null) {
			return ByteBuffer.allocate(SIZE);
		}
		this.kept.decrementAndGet();
		return buffer.clear();
	}

	void give(ByteBuffer buffer) {
		if (this.kept.get() < KEPT) {
			this.kept.incrementAndGet();
			this.free.add(buffer);
		}
	}

}
