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
 * none: large ones for data, and small ones for what is known to be little. They lie
 * outside the heap, so that the network takes them as they are; when there is no room
 * left, inside. Safe for use by several threads.
 */
public final class BatchBuffers {

	/** The size of a large one in bytes. A WebSocket message of the relay is shorter. */
	public static final int SIZE = 131_072;

	/** The size of a small one in bytes. */
	public static final int SMALL = 1_024;

	private final Shelf large = new Shelf(SIZE, 32);

	private final Shelf small = new Shelf(SMALL, 256);

	/**
	 * Borrows a large buffer.
	 * @return an empty one
	 */
	public ByteBuffer take() {
		return this.large.take();
	}

	/**
	 * Borrows a buffer that has room for something.
	 * @param bytes how much, up to {@link #SIZE}
	 * @return an empty one, small if that will do
	 */
	public ByteBuffer take(int bytes) {
		return (bytes <= SMALL) ? this.small.take() : this.large.take();
	}

	/**
	 * Borrows a large buffer if there is one: for what could as well wait elsewhere.
	 * @return an empty one, or {@code null}
	 */
	public @Nullable ByteBuffer takeFree() {
		return this.large.takeFree();
	}

	/**
	 * Gives a buffer back.
	 * @param buffer which is not used any more
	 */
	public void give(ByteBuffer buffer) {
		((buffer.capacity() == SMALL) ? this.small : this.large).give(buffer);
	}

	/**
	 * Free buffers of one size.
	 */
	private static final class Shelf {

		private final int size;

		private final AtomicReferenceArray<@Nullable ByteBuffer> free;

		Shelf(int size, int kept) {
			this.size = size;
			this.free = new AtomicReferenceArray<>(kept);
		}

		ByteBuffer take() {
			ByteBuffer buffer = takeFree();
			return (buffer != null) ? buffer : allocate();
		}

		@Nullable ByteBuffer takeFree() {
			for (int slot = 0; slot < this.free.length(); slot++) {
				ByteBuffer buffer = this.free.get(slot);
				if (buffer != null && this.free.compareAndSet(slot, buffer, null)) {
					return buffer.clear();
				}
			}
			return null;
		}

		private ByteBuffer allocate() {
			try {
				return ByteBuffer.allocateDirect(this.size);
			}
			catch (OutOfMemoryError ex) {
				return ByteBuffer.allocate(this.size);
			}
		}

		void give(ByteBuffer buffer) {
			for (int slot = 0; slot < this.free.length(); slot++) {
				if (this.free.get(slot) == null && this.free.compareAndSet(slot, null, buffer)) {
					return;
				}
			}
		}

	}

}
