/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Reads the frames that a client sends (RFC 6455, 5). Bytes are taken as they come;
 * payload is unmasked where it lies and handed on in parts, never assembled, so a length
 * that a peer only claims costs nothing. What an idle connection keeps is a few numbers.
 * <p>
 * Only the thread that reads the connection may use it. After an exception, or the peer's
 * close frame, it looks at nothing more.
 */
final class WebSocketReader {

	/**
	 * What was found, in the order in which it came in.
	 */
	interface Handler {

		/**
		 * A part of a message.
		 * @param part the bytes, valid during the call
		 * @param last whether the message ends with them
		 */
		void data(ByteBuffer part, boolean last);

		/**
		 * A text message begins. Its bytes follow as those of any.
		 */
		void text();

		/**
		 * A ping.
		 * @param payload what the pong is to have
		 */
		void ping(byte[] payload);

		/**
		 * A pong.
		 * @param payload its payload, that of the ping which it answers
		 */
		void pong(byte[] payload);

		/**
		 * A close frame.
		 * @param payload its payload, not checked
		 * @throws WebSocketException if it is malformed
		 */
		void close(ByteBuffer payload) throws WebSocketException;

	}

	private static final int MASK_BYTES = 4;

	private final Handler handler;

	/** The bytes of a head that has not come in whole: opcode, length, mask. */
	private final byte[] head = new byte[14];

	private int headLength;

	/** Whether the head is over and the payload is being read. */
	private boolean inside;

	private int opcode;

	private boolean last;

	private long left;

	private int mask;

	/** Whether a message has begun and not ended. */
	private boolean continues;

	/**
	 * Whether the peer has said its last, or nobody knows any more where frames begin.
	 */
	private boolean closed;

	private @Nullable ByteBuffer control;

	WebSocketReader(Handler handler) {
		this.handler = handler;
	}

	/**
	 * Takes what came in.
	 * @param in the bytes; they are changed
	 * @throws WebSocketException if the peer broke the protocol
	 */
	void read(ByteBuffer in) throws WebSocketException {
		try {
			while (in.hasRemaining() && !this.closed) {
				if (!this.inside) {
					head(in);
				}
				else {
					payload(in);
				}
			}
		}
		catch (WebSocketException ex) {
			this.closed = true;
			throw ex;
		}
	}

	private void head(ByteBuffer in) throws WebSocketException {
		while (in.hasRemaining()) {
			this.head[this.headLength++] = in.get();
			if (this.headLength == 1) {
				first(this.head[0] & 0xff);
			}
			else if (this.headLength == 2) {
				second(this.head[1] & 0xff);
			}
			else if (this.headLength == headNeeded()) {
				this.left = length();
				this.mask = number(this.headLength - MASK_BYTES, MASK_BYTES);
				this.headLength = 0;
				begin(in);
				return;
			}
		}
	}

	private void first(int bits) throws WebSocketException {
		if ((bits & WebSocketHead.RESERVED) != 0) {
			throw WebSocketException.protocolError("reserved bits are set, but no extension was negotiated");
		}
		this.opcode = bits & WebSocketHead.OPCODE;
		boolean isFinal = (bits & WebSocketHead.FINAL) != 0;
		switch (this.opcode) {
			case WebSocketHead.CONTINUATION, WebSocketHead.TEXT, WebSocketHead.BINARY -> {
				if (this.continues != (this.opcode == WebSocketHead.CONTINUATION)) {
					throw WebSocketException.protocolError(this.continues ? "a message begins inside another"
							: "a message continues that did not begin");
				}
				if (this.opcode == WebSocketHead.TEXT) {
					this.handler.text();
				}
				this.last = isFinal;
				this.continues = !isFinal;
			}
			case WebSocketHead.CLOSE, WebSocketHead.PING, WebSocketHead.PONG -> {
				if (!isFinal) {
					throw WebSocketException.protocolError("a control frame in fragments");
				}
			}
			default -> throw WebSocketException.protocolError("the opcode " + this.opcode + " is reserved");
		}
	}

	private void second(int bits) throws WebSocketException {
		if ((bits & WebSocketHead.MASKED) == 0) {
			throw WebSocketException.protocolError("a frame of a client must be masked");
		}
		if (isControl() && (bits & WebSocketHead.LENGTH) > WebSocketHead.MAX_SHORT) {
			throw WebSocketException.protocolError("a control frame is longer than 125 bytes");
		}
	}

	private boolean isControl() {
		return (this.opcode & WebSocketHead.CONTROL) != 0;
	}

	private int headNeeded() {
		int more = switch (this.head[1] & WebSocketHead.LENGTH) {
			case WebSocketHead.LENGTH_16 -> Short.BYTES;
			case WebSocketHead.LENGTH_64 -> Long.BYTES;
			default -> 0;
		};
		return 2 + more + MASK_BYTES;
	}

	private long length() throws WebSocketException {
		int shortLength = this.head[1] & WebSocketHead.LENGTH;
		if (shortLength == WebSocketHead.LENGTH_16) {
			int length = number(2, Short.BYTES);
			if (length <= WebSocketHead.MAX_SHORT) {
				throw WebSocketException.protocolError("a length that is not in its shortest form");
			}
			return length;
		}
		if (shortLength == WebSocketHead.LENGTH_64) {
			long length = (number(2, Integer.BYTES) & 0xffffffffL) << Integer.SIZE
					| number(2 + Integer.BYTES, Integer.BYTES) & 0xffffffffL;
			if (length < 0) {
				throw WebSocketException.protocolError("a length with its highest bit set");
			}
			if (length <= WebSocketHead.MAX_16) {
				throw WebSocketException.protocolError("a length that is not in its shortest form");
			}
			return length;
		}
		return shortLength;
	}

	private int number(int from, int bytes) {
		int number = 0;
		for (int index = from; index < from + bytes; index++) {
			number = number << Byte.SIZE | this.head[index] & 0xff;
		}
		return number;
	}

	/**
	 * A frame's payload begins. An empty one is over at once.
	 */
	private void begin(ByteBuffer in) throws WebSocketException {
		this.inside = true;
		if (isControl()) {
			this.control = ByteBuffer.allocate((int) this.left);
		}
		if (this.left == 0) {
			payload(in);
		}
	}

	private void payload(ByteBuffer in) throws WebSocketException {
		int take = (int) Math.min(this.left, in.remaining());
		int end = in.position() + take;
		int limit = in.limit();
		this.mask = Mask.apply(in, in.position(), end, this.mask);
		this.left -= take;
		this.inside = this.left > 0;
		in.limit(end);
		try {
			if (isControl()) {
				control(in);
			}
			else {
				this.handler.data(in, this.last && !this.inside);
			}
		}
		finally {
			in.limit(limit).position(end);
		}
	}

	private void control(ByteBuffer part) throws WebSocketException {
		ByteBuffer whole = this.control;
		if (whole == null) {
			throw new IllegalStateException("a control frame that did not begin");
		}
		whole.put(part);
		if (this.inside) {
			return;
		}
		this.control = null;
		whole.flip();
		if (this.opcode == WebSocketHead.PING) {
			this.handler.ping(whole.array());
		}
		else if (this.opcode == WebSocketHead.PONG) {
			this.handler.pong(whole.array());
		}
		else if (this.opcode == WebSocketHead.CLOSE) {
			this.closed = true;
			this.handler.close(whole);
		}
	}

}
