/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;

import io.github.browserstreamserver.binary.Chunks.Chunk;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that wait in order. While there are none it holds no memory. Guarded by the
 * connection's lock.
 */
final class ByteQueue {

	private final Chunks chunks;

	private @Nullable Chunk head;

	private @Nullable Chunk tail;

	/** Where the first byte is in the head. */
	private int from;

	/** Where the next byte goes in the tail. */
	private int to;

	ByteQueue(Chunks chunks) {
		this.chunks = chunks;
	}

	/**
	 * Adds all bytes of a buffer.
	 * @param bytes the bytes
	 */
	void add(ByteBuffer bytes) {
		while (bytes.hasRemaining()) {
			Chunk last = this.tail;
			if (last == null || this.to == Chunks.SIZE) {
				last = append(last);
			}
			int length = Math.min(bytes.remaining(), Chunks.SIZE - this.to);
			bytes.get(last.bytes(), this.to, length);
			this.to += length;
		}
	}

	private Chunk append(@Nullable Chunk last) {
		Chunk chunk = this.chunks.take();
		if (last == null) {
			this.head = chunk;
			this.from = 0;
		}
		else {
			last.next(chunk);
		}
		this.tail = chunk;
		this.to = 0;
		return chunk;
	}

	/**
	 * Moves the first bytes.
	 * @param target where to
	 * @param length how many, no more than there are
	 */
	void moveTo(ByteBuffer target, int length) {
		int left = length;
		while (left > 0) {
			Chunk first = this.head;
			if (first == null) {
				throw new IllegalStateException(left + " bytes more are wanted than there are");
			}
			int take = Math.min(left, end(first) - this.from);
			target.put(first.bytes(), this.from, take);
			this.from += take;
			left -= take;
			if (this.from == end(first)) {
				drop(first);
			}
		}
	}

	private int end(Chunk chunk) {
		return (chunk == this.tail) ? this.to : Chunks.SIZE;
	}

	private void drop(Chunk first) {
		this.head = first.next();
		this.from = 0;
		if (this.head == null) {
			this.tail = null;
		}
		this.chunks.give(first);
	}

	void clear() {
		for (Chunk first = this.head; first != null; first = this.head) {
			drop(first);
		}
	}

}
