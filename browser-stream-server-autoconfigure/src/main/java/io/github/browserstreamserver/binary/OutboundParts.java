/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.github.browserstreamserver.stream.MessageKind;

/**
 * What waits to be sent on one stream: parts of messages in order, each with what it cost
 * its sender. Bounded by the credit of whoever fills it. Parts of one message are one
 * part here, so that bytes which come in alone do not cost an object each; no part does.
 * Guarded by the connection's lock.
 */
final class OutboundParts {

	private static final int FIRST = Wire.FLAG_FIRST;

	private static final int LAST = Wire.FLAG_LAST;

	/**
	 * What is kept of a part: its flags as on the wire, its bytes, its cost beyond these.
	 */
	private static final int FIELDS = 3;

	private static final int LEAST = 4 * FIELDS;

	private static final int[] NONE = {};

	private final ByteQueue bytes;

	/** A ring of parts. */
	private int[] ring = NONE;

	private int head;

	private int count;

	/** Whether the last frame ended its message. */
	private boolean ended = true;

	OutboundParts(Chunks chunks) {
		this.bytes = new ByteQueue(chunks);
	}

	void add(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
		int length = payload.remaining();
		int part = slot(this.count - 1);
		if (this.count == 0 || first || (this.ring[part] & LAST) != 0) {
			part = append(kind.ordinal() << Wire.KIND_SHIFT | (first ? FIRST : 0));
		}
		this.ring[part] |= last ? LAST : 0;
		this.ring[part + 1] += length;
		this.ring[part + 2] += cost - length;
		this.bytes.add(payload);
	}

	private int slot(int index) {
		return (this.ring.length == 0) ? 0 : (this.head + index * FIELDS) % this.ring.length;
	}

	private int append(int flags) {
		if (this.count * FIELDS == this.ring.length) {
			int[] larger = new int[Math.max(LEAST, 2 * this.ring.length)];
			int behind = this.ring.length - this.head;
			System.arraycopy(this.ring, this.head, larger, 0, behind);
			System.arraycopy(this.ring, 0, larger, behind, this.head);
			this.ring = larger;
			this.head = 0;
		}
		int part = slot(this.count++);
		Arrays.fill(this.ring, part, part + FIELDS, 0);
		this.ring[part] = flags;
		return part;
	}

	private void remove() {
		this.head = slot(1);
		this.count--;
		if (this.count == 0 && this.ring.length > LEAST) {
			this.ring = NONE;
			this.head = 0;
		}
	}

	boolean isBetweenMessages() {
		return this.ended;
	}

	boolean isEmpty() {
		return this.count == 0;
	}

	/**
	 * Returns how long the payload of the next frame must be at least to take anything.
	 * @return 0 if an empty part is next, else 1
	 */
	int least() {
		return (this.count > 0 && this.ring[this.head + 1] > 0) ? 1 : 0;
	}

	/**
	 * Writes one frame with as much of the next message as may be in it.
	 * @param batch where to
	 * @param stream the stream's id
	 * @param most how long its payload may be
	 * @param window what to take it from
	 * @return the cost of what is in this frame; what a part cost beyond its bytes comes
	 * back with the first of them
	 */
	int writeFrame(ByteBuffer batch, int stream, int most, SendWindow window) {
		int part = this.head;
		int flags = this.ring[part];
		int length = Math.min(this.ring[part + 1], most);
		boolean drained = length == this.ring[part + 1];
		this.ended = drained && (flags & LAST) != 0;
		FrameWriter.head(batch, Wire.DATA, drained ? flags : flags & ~LAST, stream, length);
		window.spend(length);
		this.bytes.moveTo(batch, length);
		int cost = length + this.ring[part + 2];
		this.ring[part] = flags & ~FIRST;
		this.ring[part + 1] -= length;
		this.ring[part + 2] = 0;
		if (drained) {
			remove();
		}
		return cost;
	}

	/**
	 * Drops everything.
	 * @return what it had cost
	 */
	int clear() {
		int cost = 0;
		for (int index = 0; index < this.count; index++) {
			int part = slot(index);
			cost += this.ring[part + 1] + this.ring[part + 2];
		}
		this.ring = NONE;
		this.head = 0;
		this.count = 0;
		this.bytes.clear();
		return cost;
	}

}
