/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * Where bytes wait, in pieces of equal size that are used again. Safe for use by several
 * threads.
 */
final class Chunks {

	/**
	 * The size of each in bytes. No less than this is reserved in the budget four times
	 * for each direction of a stream, so the piece that is not full yet weighs little.
	 */
	static final int SIZE = 4_096;

	private static final int KEPT = 1_024;

	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private @Nullable Chunk free;

	@GuardedBy("lock")
	private int kept;

	/**
	 * One piece. Guarded by whoever has it.
	 */
	static final class Chunk {

		private final byte[] bytes = new byte[SIZE];

		private @Nullable Chunk next;

		byte[] bytes() {
			return this.bytes;
		}

		@Nullable Chunk next() {
			return this.next;
		}

		void next(Chunk chunk) {
			this.next = chunk;
		}

	}

	Chunk take() {
		this.lock.lock();
		try {
			Chunk chunk = this.free;
			if (chunk != null) {
				this.free = chunk.next;
				this.kept--;
				chunk.next = null;
				return chunk;
			}
		}
		finally {
			this.lock.unlock();
		}
		return new Chunk();
	}

	void give(Chunk chunk) {
		this.lock.lock();
		try {
			if (this.kept < KEPT) {
				chunk.next = this.free;
				this.free = chunk;
				this.kept++;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
