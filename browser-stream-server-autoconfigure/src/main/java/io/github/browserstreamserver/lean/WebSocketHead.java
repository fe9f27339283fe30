/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.nio.ByteBuffer;

/**
 * The heads of frames that we send (RFC 6455, 5.2), and the numbers in them.
 */
final class WebSocketHead {

	/** What a head that we send needs at most before a message, in bytes. */
	static final int ROOM = 10;

	static final int CONTINUATION = 0x0;

	static final int TEXT = 0x1;

	static final int BINARY = 0x2;

	static final int CLOSE = 0x8;

	static final int PING = 0x9;

	static final int PONG = 0xa;

	/** Control frames have this bit. */
	static final int CONTROL = 0x8;

	static final int OPCODE = 0x0f;

	static final int RESERVED = 0x70;

	static final int FINAL = 0x80;

	static final int MASKED = 0x80;

	static final int LENGTH = 0x7f;

	/** The longest payload of a control frame, and of a frame with the shortest head. */
	static final int MAX_SHORT = 125;

	static final int LENGTH_16 = 126;

	static final int LENGTH_64 = 127;

	static final int MAX_16 = 0xffff;

	private WebSocketHead() {
	}

	/**
	 * Writes the head of a binary message right before it.
	 * @param message from position to limit, with {@link #ROOM} before it
	 * @return the same buffer, at its head
	 */
	static ByteBuffer prepend(ByteBuffer message) {
		int length = message.remaining();
		int start = message.position();
		if (length <= MAX_SHORT) {
			start -= 2;
			message.put(start + 1, (byte) length);
		}
		else if (length <= MAX_16) {
			start -= 4;
			message.put(start + 1, (byte) LENGTH_16).putShort(start + 2, (short) length);
		}
		else {
			start -= 10;
			message.put(start + 1, (byte) LENGTH_64).putLong(start + 2, length);
		}
		return message.put(start, (byte) (FINAL | BINARY)).position(start);
	}

	/**
	 * Makes a ping.
	 * @param payload what the pong is to have
	 * @return the whole frame
	 */
	static ByteBuffer ping(long payload) {
		return ByteBuffer.allocate(2 + Long.BYTES)
			.put((byte) (FINAL | PING))
			.put((byte) Long.BYTES)
			.putLong(payload)
			.flip();
	}

	/**
	 * Makes a pong.
	 * @param payload of the ping
	 * @return the whole frame
	 */
	static ByteBuffer pong(byte[] payload) {
		return ByteBuffer.allocate(2 + payload.length)
			.put((byte) (FINAL | PONG))
			.put((byte) payload.length)
			.put(payload)
			.flip();
	}

}
