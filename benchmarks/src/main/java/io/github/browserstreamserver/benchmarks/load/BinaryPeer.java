/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A connection of the binary dialect, as the browser client has it: frames of one turn
 * leave in one WebSocket message of some 64 KiB, streams take turns frame by frame.
 */
final class BinaryPeer extends MultiplexedPeer implements BinaryDecoder.Target {

	/** From here on a message is sent and another begun. */
	private static final int BATCH = 64 * 1024;

	/** A head is at most type, flags and two varints of five bytes. */
	private static final int MAX_HEAD = 12;

	private static final int LISTEN = 1;

	private static final int CONNECT = 2;

	private static final int ANSWER = 1;

	private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

	private final BinaryDecoder decoder = new BinaryDecoder(this);

	private final Map<Integer, BinaryStream> streams = new HashMap<>();

	private final ArrayDeque<BinaryStream> turns = new ArrayDeque<>();

	private int nextId = 1;

	BinaryPeer(Supplier<StreamHandler> acceptor) {
		super(acceptor);
	}

	@Override
	public void opened() {
		frame(BinaryDecoder.HELLO, 0, 0, EMPTY);
		connected();
	}

	@Override
	void listen(String name) {
		whenConnected(() -> open(LISTEN, newId(), name));
	}

	@Override
	public void open(String name, StreamHandler handler) {
		whenConnected(() -> {
			BinaryStream stream = new BinaryStream(this, newId(), handler);
			this.streams.put(stream.id, stream);
			open(CONNECT, stream.id, name);
			credit(stream.id, BinaryStream.WINDOW - BinaryStream.INITIAL_CREDIT);
			handler.writable(stream);
		});
	}

	private int newId() {
		int id = this.nextId;
		this.nextId += 2;
		return id;
	}

	private void open(int kind, int id, String target) {
		byte[] name = target.getBytes(StandardCharsets.UTF_8);
		ByteBuffer payload = ByteBuffer.allocate(name.length + 8).put((byte) kind);
		BinaryDecoder.varint(payload, name.length);
		payload.put(name).put((byte) 0);
		frame(BinaryDecoder.OPEN, 0, id, payload.flip());
	}

	void credit(int id, int bytes) {
		ByteBuffer payload = ByteBuffer.allocate(5);
		BinaryDecoder.varint(payload, bytes);
		frame(BinaryDecoder.CREDIT, 0, id, payload.flip());
	}

	void frame(int type, int flags, int stream, ByteBuffer payload) {
		write(type, flags, stream, payload);
		if (connection().messageLength() >= BATCH) {
			connection().endMessage();
		}
	}

	private void write(int type, int flags, int stream, ByteBuffer payload) {
		ByteBuffer to = connection().message(MAX_HEAD + payload.remaining());
		to.put((byte) type).put((byte) flags);
		BinaryDecoder.varint(to, stream);
		BinaryDecoder.varint(to, payload.remaining());
		to.put(payload.duplicate());
		payload.position(payload.limit());
	}

	/**
	 * A stream has something to send: it leaves with the rest of this turn.
	 * @param stream the stream
	 */
	void ready(BinaryStream stream) {
		this.turns.add(stream);
		connection().touch();
	}

	void forget(BinaryStream stream) {
		this.streams.remove(stream.id);
	}

	private void takeTurns() {
		while (!this.turns.isEmpty() && connection().writable()) {
			BinaryStream stream = this.turns.remove();
			if (stream.takeTurn()) {
				this.turns.add(stream);
			}
		}
	}

	@Override
	public void received(ByteBuffer part, boolean last) throws IOException {
		this.decoder.receive(part);
		if (last) {
			beforeFlush();
			connection().endMessage();
		}
	}

	@Override
	public void data(int id, ByteBuffer part, boolean ends, int cost) throws IOException {
		BinaryStream stream = this.streams.get(id);
		if (stream == null) {
			throw new ProtocolException("DATA on stream " + id);
		}
		stream.handler.received(stream, part, ends);
		if (cost > 0) {
			stream.consume(cost);
		}
	}

	@Override
	public void control(int type, int flags, int id, ByteBuffer payload) throws IOException {
		BinaryStream stream = this.streams.get(id);
		switch (type) {
			case BinaryDecoder.PING -> answer(flags, payload);
			case BinaryDecoder.OPEN -> offered(id);
			case BinaryDecoder.ACCEPT -> {
				if (stream == null) {
					listening();
				}
			}
			case BinaryDecoder.CREDIT -> {
				if (stream != null) {
					stream.addCredit(BinaryDecoder.varint(payload));
				}
			}
			case BinaryDecoder.END -> Objects.requireNonNull(stream).endReceived();
			case BinaryDecoder.RESET -> throw new ProtocolException("RESET of stream " + id + " with "
					+ BinaryDecoder.varint(payload) + " " + StandardCharsets.UTF_8.decode(payload));
			default -> {
			}
		}
	}

	private void answer(int flags, ByteBuffer payload) {
		if ((flags & ANSWER) == 0) {
			frame(BinaryDecoder.PING, ANSWER, 0, payload);
		}
	}

	private void offered(int id) {
		BinaryStream stream = new BinaryStream(this, id, accept());
		this.streams.put(id, stream);
		frame(BinaryDecoder.ACCEPT, 0, id, EMPTY.duplicate());
		credit(id, BinaryStream.WINDOW - BinaryStream.INITIAL_CREDIT);
		stream.handler.writable(stream);
	}

	@Override
	public void drained() {
		takeTurns();
	}

	@Override
	public void beforeFlush() {
		if (isConnected()) {
			takeTurns();
		}
	}

	@Override
	public void closed(@Nullable IOException cause) {
		for (BinaryStream stream : List.copyOf(this.streams.values())) {
			stream.handler.closed(stream, cause);
		}
		this.streams.clear();
		super.closed(cause);
	}

}
