/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.soak;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.browserstreamserver.testing.RawFrame;

/**
 * Finds the frames of the dialect in what the application sends on a WebSocket, in pieces
 * as they come. It holds what is not whole, and nothing else.
 */
final class ServerFrames {

	private static final byte[] NOTHING = new byte[0];

	private static final int CONTROL = 8;

	private static final int PING = 9;

	private final Handler handler;

	/** The head of the WebSocket frame that is not whole. */
	private final ByteBuffer head = ByteBuffer.allocate(10);

	/** What is not whole of the payload: of a dialect's frame, or a control frame. */
	private byte[] held = NOTHING;

	private byte[] control = NOTHING;

	private int opcode;

	private long left;

	/**
	 * What to do with them.
	 */
	interface Handler {

		void frame(RawFrame frame);

		void ping(byte[] payload);

		void closed(int code, String reason);

	}

	ServerFrames(Handler handler) {
		this.handler = handler;
	}

	void receive(ByteBuffer in) {
		while (in.hasRemaining()) {
			if (this.left == 0 && !readHead(in)) {
				continue;
			}
			byte[] part = new byte[(int) Math.min(in.remaining(), this.left)];
			in.get(part);
			this.left -= part.length;
			if (this.opcode < CONTROL) {
				this.held = take(join(this.held, part));
			}
			else {
				this.control = join(this.control, part);
				if (this.left == 0) {
					byte[] whole = this.control;
					this.control = NOTHING;
					control(whole);
				}
			}
		}
	}

	/** Takes one byte of it. */
	private boolean readHead(ByteBuffer in) {
		this.head.put(in.get());
		int length = (this.head.position() < 2) ? 0 : this.head.get(1);
		int whole = switch (length) {
			case 126 -> 4;
			case 127 -> 10;
			default -> 2;
		};
		if (this.head.position() < whole) {
			return false;
		}
		this.opcode = this.head.get(0) & 0xf;
		this.left = switch (length) {
			case 126 -> this.head.getShort(2) & 0xffff;
			case 127 -> this.head.getLong(2);
			default -> length;
		};
		this.head.clear();
		if (this.left == 0 && this.opcode >= CONTROL) {
			control(NOTHING);
		}
		return this.left > 0;
	}

	private void control(byte[] payload) {
		if (this.opcode == PING) {
			this.handler.ping(payload);
		}
		else if (this.opcode == CONTROL) {
			ByteBuffer close = ByteBuffer.wrap(payload);
			int code = close.hasRemaining() ? close.getShort() & 0xffff : 1005;
			this.handler.closed(code, StandardCharsets.UTF_8.decode(close).toString());
		}
	}

	/**
	 * Takes the frames that are whole.
	 * @param bytes some frames, the last perhaps not whole
	 * @return what is left
	 */
	private byte[] take(byte[] bytes) {
		ByteBuffer frames = ByteBuffer.wrap(bytes);
		while (true) {
			int start = frames.position();
			RawFrame frame = next(frames);
			if (frame == null) {
				return (start == bytes.length) ? NOTHING : Arrays.copyOfRange(bytes, start, bytes.length);
			}
			this.handler.frame(frame);
		}
	}

	private static RawFrame next(ByteBuffer frames) {
		if (frames.remaining() < 2) {
			return null;
		}
		int type = frames.get() & 0xff;
		int flags = frames.get();
		int stream = varint(frames);
		int length = varint(frames);
		if (stream < 0 || length < 0 || frames.remaining() < length) {
			return null;
		}
		byte[] payload = new byte[length];
		frames.get(payload);
		return new RawFrame(type, flags, stream, payload);
	}

	private static int varint(ByteBuffer bytes) {
		int value = 0;
		for (int shift = 0; bytes.hasRemaining(); shift += 7) {
			int next = bytes.get();
			value |= (next & 0x7f) << shift;
			if (next >= 0) {
				return value;
			}
		}
		return -1;
	}

	private static byte[] join(byte[] one, byte[] other) {
		if (one.length == 0) {
			return other;
		}
		byte[] both = Arrays.copyOf(one, one.length + other.length);
		System.arraycopy(other, 0, both, one.length, other.length);
		return both;
	}

}
