/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Cuts WebSocket messages into the frames of the binary dialect. Payload of DATA is
 * handed on as it comes, other frames when they are whole.
 */
final class BinaryDecoder {

	static final int HELLO = 1;

	static final int PING = 2;

	static final int OPEN = 3;

	static final int ACCEPT = 4;

	static final int DATA = 5;

	static final int CREDIT = 6;

	static final int END = 7;

	static final int RESET = 8;

	static final int LAST = 2;

	static final int MAX_PAYLOAD = 16_384;

	/** What is decoded. */
	interface Target {

		/**
		 * A part of a DATA frame.
		 * @param stream its id
		 * @param part the bytes
		 * @param ends whether the message ends with them
		 * @param cost what to give back for it, when the whole frame is in
		 * @throws IOException if it makes no sense
		 */
		void data(int stream, ByteBuffer part, boolean ends, int cost) throws IOException;

		/**
		 * Another frame.
		 * @param type its type
		 * @param flags its flags
		 * @param stream its id
		 * @param payload the bytes
		 * @throws IOException if it makes no sense
		 */
		void control(int type, int flags, int stream, ByteBuffer payload) throws IOException;

	}

	private final Target target;

	/** Bytes of the head so far: type, flags, then the two varints. */
	private int position;

	private int type;

	private int flags;

	private int stream;

	private int length;

	private int shift;

	private int left = -1;

	private ByteBuffer assembly = ByteBuffer.allocate(64);

	BinaryDecoder(Target target) {
		this.target = target;
	}

	void receive(ByteBuffer part) throws IOException {
		while (part.hasRemaining()) {
			if (this.left < 0) {
				head(part.get() & 0xff);
				if (this.left == 0) {
					payload(part);
				}
			}
			else {
				payload(part);
			}
		}
	}

	private void head(int next) throws IOException {
		switch (this.position) {
			case 0 -> {
				this.type = next;
				this.position = 1;
			}
			case 1 -> {
				this.flags = next;
				this.stream = 0;
				this.length = 0;
				this.shift = 0;
				this.position = 2;
			}
			case 2 -> {
				this.stream |= (next & 0x7f) << this.shift;
				varint(next);
			}
			default -> {
				this.length |= (next & 0x7f) << this.shift;
				varint(next);
				if (this.position == 4) {
					headEnds();
				}
			}
		}
	}

	private void varint(int next) {
		this.shift += 7;
		if (next < 0x80) {
			this.position++;
			this.shift = 0;
		}
	}

	private void headEnds() throws IOException {
		if (this.length < 0 || this.length > MAX_PAYLOAD) {
			throw new ProtocolException("a frame of " + this.length + " bytes");
		}
		this.position = 0;
		this.left = this.length;
		if (this.type != DATA && this.assembly.capacity() < this.length) {
			this.assembly = ByteBuffer.allocate(MAX_PAYLOAD);
		}
	}

	private void payload(ByteBuffer from) throws IOException {
		int length = Math.min(this.left, from.remaining());
		int limit = from.limit();
		from.limit(from.position() + length);
		this.left -= length;
		boolean ends = this.left == 0;
		if (ends) {
			this.left = -1;
		}
		if (this.type == DATA) {
			this.target.data(this.stream, from, ends && (this.flags & LAST) != 0,
					ends ? this.length + BinaryStream.FRAME_COST : 0);
		}
		else {
			this.assembly.put(from);
			if (ends) {
				this.target.control(this.type, this.flags, this.stream, this.assembly.flip());
				this.assembly.clear();
			}
		}
		from.position(from.limit()).limit(limit);
	}

	static int varint(ByteBuffer from) {
		int value = 0;
		int shift = 0;
		int next;
		do {
			next = from.get();
			value |= (next & 0x7f) << shift;
			shift += 7;
		}
		while (next < 0);
		return value;
	}

	static void varint(ByteBuffer to, int value) {
		int rest = value;
		for (; rest >= 0x80; rest >>>= 7) {
			to.put((byte) (rest | 0x80));
		}
		to.put((byte) rest);
	}

}
