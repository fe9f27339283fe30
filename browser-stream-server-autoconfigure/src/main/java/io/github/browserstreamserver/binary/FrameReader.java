/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of one connection into frames. It takes them as they come: a part of a
 * WebSocket message is as good as a whole one. DATA is handed on as it comes in and never
 * assembled; other frames are small, and wait until they are whole.
 * <p>
 * Only the thread that reads the connection may use it. After an exception it is of no
 * more use.
 */
final class FrameReader {

	private static final MessageKind[] KINDS = MessageKind.values();

	/** What the head of a frame with short numbers has at most: 1 + 1 + 2 + 3. */
	private static final int SHORT_HEAD = 7;

	private static final int LEAST_ASSEMBLY = 256;

	private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

	private enum Step {

		TYPE, FLAGS, STREAM, LENGTH, PAYLOAD

	}

	private final FrameHandler handler;

	private Step step = Step.TYPE;

	private int type;

	private int flags;

	private int stream;

	private int length;

	private int left;

	private long varint;

	private int varintIndex;

	private @Nullable ByteBuffer assembly;

	FrameReader(FrameHandler handler) {
		this.handler = handler;
	}

	/**
	 * Takes what came in.
	 * @param part the bytes
	 * @param last whether the WebSocket message ends with them
	 * @throws ProtocolException if the peer broke the protocol
	 */
	void receive(ByteBuffer part, boolean last) throws ProtocolException {
		while (part.hasRemaining()) {
			if (this.step == Step.PAYLOAD) {
				payload(part);
			}
			else if (this.step != Step.TYPE || !shortData(part)) {
				head(part.get() & 0xff);
			}
		}
		if (last && this.step != Step.TYPE) {
			throw new ProtocolException("the WebSocket message ends inside a frame");
		}
	}

	/**
	 * Takes the head of a DATA frame at once when it has come in whole and its numbers
	 * are short, which is what most heads are.
	 * @return whether it did; if not, nothing was taken
	 */
	private boolean shortData(ByteBuffer part) throws ProtocolException {
		int at = part.position();
		if (part.remaining() < SHORT_HEAD || part.get(at) != Wire.DATA) {
			return false;
		}
		int id = part.get(at + 2);
		int lengthAt = at + 3;
		if (id < 0) {
			int high = part.get(lengthAt++);
			id = id & 0x7f | high << 7;
			if (high <= 0) {
				return false;
			}
		}
		int size = part.get(lengthAt++);
		for (int shift = 7; size < 0 && shift <= 14; shift += 7) {
			int high = part.get(lengthAt++);
			size = size & (1 << shift) - 1 | high << shift;
			if (high == 0 || (high < 0 && shift == 14)) {
				return false;
			}
		}
		this.type = Wire.DATA;
		this.flags = part.get(at + 1) & 0xff;
		checkTypeAndFlags();
		this.stream = id;
		checkStream();
		this.length = size;
		this.left = size;
		checkLength();
		part.position(lengthAt);
		this.step = Step.PAYLOAD;
		if (size == 0) {
			payload(EMPTY);
		}
		return true;
	}

	private void head(int next) throws ProtocolException {
		switch (this.step) {
			case TYPE -> {
				this.type = next;
				this.step = Step.FLAGS;
			}
			case FLAGS -> {
				this.flags = next;
				checkTypeAndFlags();
				this.step = Step.STREAM;
			}
			case STREAM -> {
				if (varint(next, "stream id")) {
					this.stream = takeVarint();
					checkStream();
					this.step = Step.LENGTH;
				}
			}
			case LENGTH -> {
				if (varint(next, "length")) {
					this.length = takeVarint();
					this.left = this.length;
					checkLength();
					this.step = Step.PAYLOAD;
					if (this.length == 0) {
						payload(EMPTY);
					}
				}
			}
			case PAYLOAD -> throw new IllegalStateException("the head is over");
		}
	}

	private boolean varint(int next, String what) throws ProtocolException {
		this.varint = Varint.append(this.varint, this.varintIndex++, next, what);
		return next < 0x80;
	}

	private int takeVarint() {
		int value = (int) this.varint;
		this.varint = 0;
		this.varintIndex = 0;
		return value;
	}

	private boolean skippable() {
		return this.type >= Wire.FIRST_SKIPPABLE_TYPE;
	}

	private void checkTypeAndFlags() throws ProtocolException {
		if (skippable()) {
			return;
		}
		int allowed = switch (this.type) {
			case Wire.HELLO, Wire.OPEN, Wire.ACCEPT, Wire.CREDIT, Wire.END, Wire.RESET -> 0;
			case Wire.PING -> Wire.FLAG_ANSWER;
			case Wire.DATA -> Wire.FLAG_FIRST | Wire.FLAG_LAST | Wire.KIND_MASK;
			default -> throw new ProtocolException("frame type " + this.type + " is unknown and cannot be skipped");
		};
		if ((this.flags & ~allowed) != 0) {
			throw new ProtocolException("frame type " + this.type + " has reserved flags " + this.flags);
		}
	}

	private void checkStream() throws ProtocolException {
		boolean ofConnection = this.type == Wire.HELLO || this.type == Wire.PING;
		if (!skippable() && ofConnection != (this.stream == 0)) {
			throw new ProtocolException("frame type " + this.type + " on stream " + this.stream);
		}
	}

	private void checkLength() throws ProtocolException {
		int most = switch (this.type) {
			case Wire.ACCEPT, Wire.END -> 0;
			case Wire.PING -> Wire.MAX_PING;
			case Wire.CREDIT -> Wire.MAX_VARINT;
			case Wire.RESET -> Wire.MAX_VARINT + Wire.MAX_REASON;
			default -> Wire.MAX_PAYLOAD;
		};
		if (this.length > most) {
			throw new ProtocolException("frame type " + this.type + " has a length of " + this.length + ", at most "
					+ most + " is allowed");
		}
	}

	private void payload(ByteBuffer from) throws ProtocolException {
		int take = Math.min(this.left, from.remaining());
		boolean starts = this.left == this.length;
		this.left -= take;
		boolean ends = this.left == 0;
		if (ends) {
			this.step = Step.TYPE;
		}
		// the buffer itself, for the moment without what is behind the part: no object a
		// frame
		int limit = from.limit();
		int end = from.position() + take;
		from.limit(end);
		try {
			payload(from, starts, ends);
		}
		finally {
			from.limit(limit).position(end);
		}
	}

	private void payload(ByteBuffer part, boolean starts, boolean ends) throws ProtocolException {
		if (this.type == Wire.DATA) {
			data(part, starts, ends);
		}
		else if (skippable()) {
			if (ends) {
				this.handler.skipped();
			}
		}
		else if (starts && ends) {
			frame(part);
		}
		else {
			assemble(part, ends);
		}
	}

	private void data(ByteBuffer part, boolean starts, boolean ends) throws ProtocolException {
		int kind = (this.flags & Wire.KIND_MASK) >> Wire.KIND_SHIFT;
		boolean first = starts && (this.flags & Wire.FLAG_FIRST) != 0;
		boolean last = ends && (this.flags & Wire.FLAG_LAST) != 0;
		this.handler.data(this.stream, (kind < KINDS.length) ? KINDS[kind] : null, first, last, part,
				starts ? this.length + Wire.FRAME_COST : 0);
	}

	private void assemble(ByteBuffer part, boolean ends) throws ProtocolException {
		ByteBuffer whole = room(part.remaining());
		whole.put(part);
		if (ends) {
			this.assembly = null;
			this.handler.assembled(whole.capacity());
			frame(whole.flip());
		}
	}

	/**
	 * Makes room for what has come in, not for what was only claimed.
	 */
	private ByteBuffer room(int bytes) throws ProtocolException {
		ByteBuffer old = this.assembly;
		if (old != null && old.remaining() >= bytes) {
			return old;
		}
		int before = (old != null) ? old.capacity() : 0;
		int needed = (old != null) ? old.position() + bytes : bytes;
		int capacity = Math.min(this.length, Math.max(needed, Math.max(LEAST_ASSEMBLY, 2 * before)));
		this.handler.assembles(capacity - before);
		ByteBuffer larger = ByteBuffer.allocate(capacity);
		if (old != null) {
			larger.put(old.flip());
		}
		this.assembly = larger;
		return larger;
	}

	private void frame(ByteBuffer payload) throws ProtocolException {
		switch (this.type) {
			case Wire.HELLO -> this.handler.hello(Settings.read(payload));
			case Wire.PING -> this.handler.ping((this.flags & Wire.FLAG_ANSWER) != 0, payload);
			case Wire.OPEN -> this.handler.open(this.stream, OpenPayload.read(payload));
			case Wire.ACCEPT -> this.handler.accept(this.stream);
			case Wire.CREDIT -> this.handler.credit(this.stream, credit(payload));
			case Wire.END -> this.handler.end(this.stream);
			case Wire.RESET -> reset(payload);
			default -> throw new IllegalStateException("type " + this.type + " was checked before");
		}
	}

	private static int credit(ByteBuffer payload) throws ProtocolException {
		int bytes = Varint.read(payload, "CREDIT");
		if (bytes == 0 || payload.hasRemaining()) {
			throw new ProtocolException("CREDIT must be one varint of at least 1");
		}
		return bytes;
	}

	private void reset(ByteBuffer payload) throws ProtocolException {
		ErrorCode code = ErrorCode.of(Varint.read(payload, "RESET code"));
		String reason = (payload.remaining() <= Wire.MAX_REASON) ? Payloads.text(payload) : null;
		if (reason == null) {
			throw new ProtocolException("RESET: the reason must be at most " + Wire.MAX_REASON + " bytes of UTF-8");
		}
		this.handler.reset(this.stream, code, Payloads.clean(reason));
	}

}
