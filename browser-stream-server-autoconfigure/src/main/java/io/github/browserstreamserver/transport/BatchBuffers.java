/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Buffers that connections borrow only while they write, so that an idle connection holds
 * none. Safe for use by several threads.
 */
public final class BatchBuffers {

	/** The size of each in bytes. */
	public static final int SIZE = 65_536;

	private static final int KEPT = 64;

	private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

	private final AtomicInteger kept = new AtomicInteger();

	/**
	 * Borrows a buffer.
	 * @return an empty one
	 */
	public ByteBuffer take() {
		ByteBuffer buffer = this.free.poll();
		if (buffer == null) {
			return ByteBuffer.allocate(SIZE);
		}
		this.kept.decrementAndGet();
		return buffer.clear();
	}

	/**
	 * Gives a buffer back.
	 * @param buffer which is not used any more
	 */
	public void give(ByteBuffer buffer) {
		if (this.kept.get() < KEPT) {
			this.kept.incrementAndGet();
			this.free.add(buffer);
		}
	}

}
