/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one stream: parts of messages in order, each with what it cost
 * its sender. Bounded by the credit of whoever fills it. Guarded by the connection's
 * lock.
 */
final class OutboundParts {

	private final ArrayDeque<Part> parts = new ArrayDeque<>();

	/**
	 * A part of a message, copied. Small continuations are collected in one part: each
	 * byte of a frame may come in alone, and must not cost an object.
	 */
	private static final class Part {

		private static final int COLLECTS = 2_048;

		private final MessageKind kind;

		private final byte[] bytes;

		private int from;

		private int to;

		private boolean first;

		private boolean last;

		private int cost;

		Part(MessageKind kind, boolean first, int length) {
			this.kind = kind;
			this.first = first;
			this.bytes = new byte[length];
		}

		boolean takes(ByteBuffer payload) {
			return !this.last && payload.remaining() <= this.bytes.length - this.to;
		}

		void append(ByteBuffer payload, boolean isLast, int itsCost) {
			int length = payload.remaining();
			payload.get(this.bytes, this.to, length);
			this.to += length;
			this.last = isLast;
			this.cost += itsCost;
		}

		int remaining() {
			return this.to - this.from;
		}

	}

	void add(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
		Part tail = this.parts.peekLast();
		if (first || tail == null || !tail.takes(payload)) {
			int length = payload.remaining();
			tail = new Part(kind, first, first ? length : Math.max(length, Part.COLLECTS));
			this.parts.add(tail);
		}
		tail.append(payload, last, cost);
	}

	boolean isEmpty() {
		return this.parts.isEmpty();
	}

	/**
	 * Returns how long the payload of the next frame must be at least to take anything.
	 * @return 0 if an empty part is next, else 1
	 */
	int least() {
		Part next = this.parts.peek();
		return (next != null && next.remaining() > 0) ? 1 : 0;
	}

	/**
	 * Writes one frame with as much of the next message as may be in it.
	 * @param batch where to
	 * @param stream the stream's id
	 * @param most how long its payload may be
	 * @param window what to take it from
	 * @return the cost of the parts that are wholly in this frame or in earlier ones
	 */
	int writeFrame(ByteBuffer batch, int stream, int most, SendWindow window) {
		Part head = this.parts.element();
		int length = 0;
		boolean complete = false;
		for (Part part : this.parts) {
			length += part.remaining();
			complete = part.last && length <= most;
			if (part.last || length >= most) {
				break;
			}
		}
		length = Math.min(length, most);
		int flags = head.kind.ordinal() << Wire.KIND_SHIFT | (head.first ? Wire.FLAG_FIRST : 0)
				| (complete ? Wire.FLAG_LAST : 0);
		FrameWriter.head(batch, Wire.DATA, flags, stream, length);
		window.spend(length);
		return move(batch, length, complete);
	}

	private int move(ByteBuffer batch, int length, boolean complete) {
		int left = length;
		int cost = 0;
		for (Part part = this.parts.peek(); part != null; part = this.parts.peek()) {
			int take = Math.min(left, part.remaining());
			batch.put(part.bytes, part.from, take);
			part.from += take;
			part.first = false;
			left -= take;
			boolean hasEnded = part.remaining() == 0 && (complete || !part.last);
			if (!hasEnded) {
				break;
			}
			this.parts.remove();
			cost += part.cost;
			if (part.last || (left == 0 && !complete)) {
				break;
			}
		}
		return cost;
	}

	/**
	 * Drops everything.
	 * @return what it had cost
	 */
	int clear() {
		int cost = 0;
		@Nullable Part part;
		while ((part = this.parts.poll()) != null) {
			cost += part.cost;
		}
		return cost;
	}

}
