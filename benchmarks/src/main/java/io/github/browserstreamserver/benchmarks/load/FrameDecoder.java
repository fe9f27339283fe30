/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Cuts what comes over a WebSocket into frames, and hands their payload on as it comes.
 */
final class FrameDecoder {

	static final int CLOSE = 8;

	static final int PING = 9;

	/** What is decoded. */
	interface Target {

		/**
		 * A part of a data message.
		 * @param part the bytes
		 * @param last whether the message ends with them
		 * @throws IOException if they make no sense
		 */
		void data(ByteBuffer part, boolean last) throws IOException;

		/**
		 * A whole control frame.
		 * @param opcode which
		 * @param payload the bytes
		 * @throws IOException if they make no sense
		 */
		void control(int opcode, ByteBuffer payload) throws IOException;

	}

	private final Target target;

	private final Masking masking;

	private final ByteBuffer head = ByteBuffer.allocate(14);

	private final ByteBuffer control = ByteBuffer.allocate(125);

	private boolean inPayload;

	private long left;

	private int mask;

	FrameDecoder(Target target, Masking masking) {
		this.target = target;
		this.masking = masking;
	}

	void receive(ByteBuffer input) throws IOException {
		while (input.hasRemaining()) {
			if (this.inPayload) {
				payload(input);
			}
			else {
				this.head.put(input.get());
				if (this.head.position() == headLength()) {
					headEnds();
				}
			}
		}
	}

	private int headLength() {
		if (this.head.position() < 2) {
			return 2;
		}
		int length = this.head.get(1) & 0x7f;
		return 2 + ((length == 127) ? 8 : (length == 126) ? 2 : 0) + (masked() ? 4 : 0);
	}

	private boolean masked() {
		return this.head.get(1) < 0;
	}

	private void headEnds() throws IOException {
		int length = this.head.get(1) & 0x7f;
		this.left = (length == 127) ? this.head.getLong(2) : (length == 126) ? this.head.getShort(2) & 0xffff : length;
		this.mask = masked() ? this.head.getInt(this.head.position() - 4) : 0;
		if ((this.head.get(0) & 0x70) != 0 || this.left < 0 || (isControl() && this.left > 125)) {
			throw new ProtocolException("not a WebSocket frame");
		}
		this.inPayload = true;
		if (this.left == 0) {
			payload(ByteBuffer.allocate(0));
		}
	}

	private boolean isControl() {
		return (this.head.get(0) & 0x08) != 0;
	}

	private void payload(ByteBuffer input) throws IOException {
		int length = (int) Math.min(this.left, input.remaining());
		if (masked()) {
			this.masking.apply(input, input.position(), length, this.mask);
			this.mask = Integer.rotateLeft(this.mask, 8 * (length & 3));
		}
		int limit = input.limit();
		input.limit(input.position() + length);
		this.left -= length;
		boolean control = isControl();
		int opcode = this.head.get(0) & 0x0f;
		boolean fin = this.head.get(0) < 0;
		if (this.left == 0) {
			this.inPayload = false;
			this.head.clear();
		}
		if (control) {
			control(input, opcode);
		}
		else {
			this.target.data(input, fin && this.left == 0);
		}
		input.position(input.limit()).limit(limit);
	}

	private void control(ByteBuffer part, int opcode) throws IOException {
		this.control.put(part);
		if (this.left == 0) {
			this.target.control(opcode, this.control.flip());
			this.control.clear();
		}
	}

}
