/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

import io.github.browserstreamserver.stream.ErrorCode;

/**
 * Writes frames. ACCEPT and RESET are written into chunks that wait to be sent, in order;
 * the rest is written when it is sent. Guarded by the connection's lock.
 */
final class FrameWriter {

	private static final int CHUNK = 2_048;

	private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();

	private final Allowance allowance;

	/** How much memory was used that could not be had. */
	private int unpaid;

	/** What lies in a batch that is filled, and in one that may be under way. */
	private int drained;

	private int underWay;

	FrameWriter(Allowance allowance) {
		this.allowance = allowance;
	}

	static void head(ByteBuffer to, int type, int flags, int stream, int length) {
		to.put((byte) type);
		to.put((byte) flags);
		Varint.write(to, stream);
		Varint.write(to, length);
	}

	static void credit(ByteBuffer to, int stream, int bytes) {
		head(to, Wire.CREDIT, 0, stream, Varint.size(bytes));
		Varint.write(to, bytes);
	}

	static void end(ByteBuffer to, int stream) {
		head(to, Wire.END, 0, stream, 0);
	}

	static void ping(ByteBuffer to, boolean answer, byte[] payload) {
		head(to, Wire.PING, answer ? Wire.FLAG_ANSWER : 0, 0, payload.length);
		to.put(payload);
	}

	void hello(Settings settings) {
		ByteBuffer payload = ByteBuffer.allocate(Wire.MAX_PING);
		settings.write(payload);
		payload.flip();
		int length = payload.remaining();
		ByteBuffer chunk = room(length);
		head(chunk, Wire.HELLO, 0, 0, length);
		chunk.put(payload);
	}

	static void open(ByteBuffer to, int stream, byte[] payload) {
		head(to, Wire.OPEN, 0, stream, payload.length);
		to.put(payload);
	}

	void accept(int stream) {
		head(room(0), Wire.ACCEPT, 0, stream, 0);
	}

	void reset(int stream, ErrorCode code, String reason) {
		byte[] text = Payloads.reason(reason, Wire.MAX_REASON);
		int length = Varint.size(code.number()) + text.length;
		ByteBuffer chunk = room(length);
		head(chunk, Wire.RESET, 0, stream, length);
		Varint.write(chunk, code.number());
		chunk.put(text);
	}

	/**
	 * Says that the connection ends soon.
	 * @param spreadMillis over what time those who are told so are to come back
	 */
	void goAway(int spreadMillis) {
		int length = Varint.size(spreadMillis);
		ByteBuffer chunk = room(length);
		head(chunk, Wire.GOAWAY, 0, 0, length);
		Varint.write(chunk, spreadMillis);
	}

	/**
	 * Hands a host what it proves with that a name is its own.
	 * @param stream its listen stream
	 * @param token the token
	 */
	void token(int stream, byte[] token) {
		ByteBuffer chunk = room(token.length);
		head(chunk, Wire.TOKEN, 0, stream, token.length);
		chunk.put(token);
	}

	private ByteBuffer room(int payload) {
		int needed = Wire.MAX_HEAD + payload;
		ByteBuffer last = this.chunks.peekLast();
		if (last == null || last.remaining() < needed) {
			last = ByteBuffer.allocate(Math.max(CHUNK, needed));
			this.chunks.add(last);
			if (!this.allowance.take(last.capacity())) {
				this.unpaid += last.capacity();
			}
		}
		return last;
	}

	boolean isEmpty() {
		return this.chunks.isEmpty();
	}

	/**
	 * Returns how much waits.
	 * @return bytes
	 */
	int waiting() {
		int bytes = 0;
		for (ByteBuffer chunk : this.chunks) {
			bytes += chunk.position();
		}
		return bytes;
	}

	/**
	 * Moves the chunks that fit into a batch.
	 * @param batch where to
	 */
	void drainTo(ByteBuffer batch) {
		ByteBuffer next = this.chunks.peek();
		while (next != null && next.position() <= batch.remaining()) {
			batch.put(next.flip());
			this.chunks.remove();
			this.drained += next.capacity();
			next = this.chunks.peek();
		}
	}

	/**
	 * A batch is to be sent: the one before has left, and what lay in it is given back.
	 */
	void batchLeaves() {
		pay(this.underWay);
		this.underWay = this.drained;
		this.drained = 0;
	}

	private void pay(int bytes) {
		int debt = Math.min(this.unpaid, bytes);
		this.unpaid -= debt;
		this.allowance.give(bytes - debt);
	}

	/**
	 * Tells whether more waits than there is memory for, so that the connection should
	 * end.
	 * @return whether some of it could not be had
	 */
	boolean isOverdrawn() {
		return this.unpaid > 0;
	}

	void clear() {
		this.chunks.forEach((chunk) -> pay(chunk.capacity()));
		this.chunks.clear();
	}

}
