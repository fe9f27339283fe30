/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Frames as {@code docs/protocol.md} describes them, written down naively a second time.
 *
 * @param type the type
 * @param flags the flags
 * @param stream the stream's id
 * @param payload the payload
 */
public record RawFrame(int type, int flags, int stream, byte[] payload) {

	public static final int HELLO = 1;

	public static final int PING = 2;

	public static final int OPEN = 3;

	public static final int ACCEPT = 4;

	public static final int DATA = 5;

	public static final int CREDIT = 6;

	public static final int END = 7;

	public static final int RESET = 8;

	public static final int GOAWAY = 0x81;

	public static final int TOKEN = 0x82;

	private static final int FIRST_LAST = 3;

	private static final int TEXT = 4;

	public static RawFrame hello() {
		return new RawFrame(HELLO, 0, 0, new byte[0]);
	}

	public static RawFrame ping(String payload) {
		return new RawFrame(PING, 0, 0, utf8(payload));
	}

	public static RawFrame listen(int stream, String name) {
		return open(stream, 1, name);
	}

	/**
	 * Listens as the owner of a name.
	 * @param stream the stream
	 * @param name the name
	 * @param key what proves it
	 * @return the frame
	 */
	public static RawFrame listen(int stream, String name, byte[] key) {
		ByteArrayOutputStream payload = new ByteArrayOutputStream();
		payload.writeBytes(listen(stream, name).payload);
		payload.write(1);
		varint(payload, key.length);
		payload.writeBytes(key);
		return new RawFrame(OPEN, 0, stream, payload.toByteArray());
	}

	public static RawFrame connect(int stream, String name) {
		return open(stream, 2, name);
	}

	private static RawFrame open(int stream, int kind, String name) {
		ByteArrayOutputStream payload = new ByteArrayOutputStream();
		payload.write(kind);
		varint(payload, utf8(name).length);
		payload.writeBytes(utf8(name));
		payload.write(0);
		return new RawFrame(OPEN, 0, stream, payload.toByteArray());
	}

	public static RawFrame accept(int stream) {
		return new RawFrame(ACCEPT, 0, stream, new byte[0]);
	}

	public static RawFrame answer(RawFrame ping) {
		return new RawFrame(PING, 1, 0, ping.payload);
	}

	public static RawFrame text(int stream, String text) {
		return new RawFrame(DATA, FIRST_LAST | TEXT, stream, utf8(text));
	}

	public static RawFrame credit(int stream, int bytes) {
		ByteArrayOutputStream payload = new ByteArrayOutputStream();
		varint(payload, bytes);
		return new RawFrame(CREDIT, 0, stream, payload.toByteArray());
	}

	public static RawFrame end(int stream) {
		return new RawFrame(END, 0, stream, new byte[0]);
	}

	/**
	 * Writes frames one behind the other.
	 * @param frames the frames
	 * @return their bytes, one WebSocket message
	 */
	public static byte[] bytes(RawFrame... frames) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (RawFrame frame : frames) {
			bytes.write(frame.type);
			bytes.write(frame.flags);
			varint(bytes, frame.stream);
			varint(bytes, frame.payload.length);
			bytes.writeBytes(frame.payload);
		}
		return bytes.toByteArray();
	}

	/**
	 * Returns the payload's text.
	 * @return as UTF-8
	 */
	public String text() {
		return new String(this.payload, StandardCharsets.UTF_8);
	}

	/**
	 * Reads the number that the payload begins with: the sum of a CREDIT, the code of a
	 * RESET.
	 * @return the number
	 */
	public int number() {
		return new Reader(this.payload).varint();
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static void varint(ByteArrayOutputStream out, int value) {
		int rest = value;
		while (rest > 0x7f) {
			out.write((rest & 0x7f) | 0x80);
			rest >>>= 7;
		}
		out.write(rest);
	}

	@Override
	public String toString() {
		return "type %d flags %d stream %d, %d bytes".formatted(this.type, this.flags, this.stream,
				this.payload.length);
	}

	/**
	 * Reads frames and numbers from bytes.
	 */
	static final class Reader {

		private final byte[] bytes;

		private int at;

		Reader(byte[] bytes) {
			this.bytes = bytes;
		}

		boolean hasMore() {
			return this.at < this.bytes.length;
		}

		RawFrame frame() {
			int type = this.bytes[this.at++] & 0xff;
			int flags = this.bytes[this.at++] & 0xff;
			int stream = varint();
			byte[] payload = new byte[varint()];
			System.arraycopy(this.bytes, this.at, payload, 0, payload.length);
			this.at += payload.length;
			return new RawFrame(type, flags, stream, payload);
		}

		int varint() {
			int value = 0;
			int shift = 0;
			int next;
			do {
				next = this.bytes[this.at++];
				value |= (next & 0x7f) << shift;
				shift += 7;
			}
			while (next < 0);
			return value;
		}

	}

}
