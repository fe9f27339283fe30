/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Buffers that connections borrow only while they write, so that an idle connection holds
 * none. They lie outside the heap, so that the network takes them as they are; when there
 * is no room left, inside. Safe for use by several threads.
 */
public final class BatchBuffers {

	/** The size of each in bytes. A WebSocket message of the relay is shorter. */
	public static final int SIZE = 131_072;

	private static final int KEPT = 32;

	private final AtomicReferenceArray<ByteBuffer> free = new AtomicReferenceArray<>(KEPT);

	/**
	 * Borrows a buffer.
	 * @return an empty one
	 */
	public ByteBuffer take() {
		ByteBuffer buffer = takeFree();
		return (buffer != null) ? buffer : allocate();
	}

	/**
	 * Borrows a buffer if there is one: for what could as well wait elsewhere.
	 * @return an empty one, or {@code null}
	 */
	public @Nullable ByteBuffer takeFree() {
		for (int slot = 0; slot < KEPT; slot++) {
			ByteBuffer buffer = this.free.get(slot);
			if (buffer != null && this.free.compareAndSet(slot, buffer, null)) {
				return buffer.clear();
			}
		}
		return null;
	}

	private static ByteBuffer allocate() {
		try {
			return ByteBuffer.allocateDirect(SIZE);
		}
		catch (OutOfMemoryError ex) {
			return ByteBuffer.allocate(SIZE);
		}
	}

	/**
	 * Gives a buffer back.
	 * @param buffer which is not used any more
	 */
	public void give(ByteBuffer buffer) {
		for (int slot = 0; slot < KEPT; slot++) {
			if (this.free.get(slot) == null && this.free.compareAndSet(slot, null, buffer)) {
				return;
			}
		}
	}

}
