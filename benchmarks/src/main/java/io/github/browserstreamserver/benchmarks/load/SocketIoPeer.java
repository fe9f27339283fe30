/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A connection to a Socket.IO server. A message of a stream is a text frame that says
 * whose it is, and a binary frame behind it.
 */
final class SocketIoPeer implements FrameSink, Adapter.Host, Adapter.Client {

	static final String CLOSE = "close";

	private static final String DATA = "data";

	private static final String OPEN = "open";

	private static final String ACCEPT = "accept";

	private final AtomicInteger ids;

	private final Supplier<StreamHandler> acceptor;

	private final Map<String, SocketIoStream> streams = new HashMap<>();

	private final ArrayDeque<SocketIoStream> blocked = new ArrayDeque<>();

	private final List<Runnable> whenConnected = new ArrayList<>();

	private final StringBuilder text = new StringBuilder();

	/** Whose bytes come next. */
	private @Nullable SocketIoStream attachment;

	private @Nullable WebSocketConnection connection;

	private boolean connected;

	private boolean listening;

	SocketIoPeer(AtomicInteger ids, Supplier<StreamHandler> acceptor) {
		this.ids = ids;
		this.acceptor = acceptor;
	}

	void connection(WebSocketConnection connection) {
		this.connection = connection;
	}

	private WebSocketConnection connection() {
		return Objects.requireNonNull(this.connection);
	}

	private void whenConnected(Runnable action) {
		if (this.connected) {
			action.run();
		}
		else {
			this.whenConnected.add(action);
		}
	}

	@Override
	public void opened() {
	}

	private void packet(String packet) {
		connection().sendText(ByteBuffer.wrap(packet.getBytes(StandardCharsets.US_ASCII)));
	}

	void listen(String name) {
		whenConnected(() -> packet(SocketIoPacket.host(name)));
	}

	@Override
	public void open(String name, StreamHandler handler) {
		whenConnected(() -> {
			String id = Integer.toString(this.ids.incrementAndGet());
			this.streams.put("c" + id, new SocketIoStream(this, "c" + id, "h" + id, handler));
			send(name, OPEN, id);
		});
	}

	void send(String room, String kind, String stream) {
		packet(SocketIoPacket.send(room, kind, stream));
	}

	void send(String room, String stream, ByteBuffer bytes) {
		packet(SocketIoPacket.sendBytes(room, DATA, stream));
		connection().send(bytes);
	}

	boolean writable(SocketIoStream stream) {
		if (connection().writable()) {
			return true;
		}
		this.blocked.add(stream);
		return false;
	}

	@Override
	public void received(ByteBuffer part, boolean last) throws IOException {
		SocketIoStream stream = this.attachment;
		if (stream != null) {
			if (last) {
				this.attachment = null;
			}
			stream.data(part, last);
			return;
		}
		this.text.append(StandardCharsets.US_ASCII.decode(part));
		if (last) {
			String packet = this.text.toString();
			this.text.setLength(0);
			take(SocketIoPacket.read(packet));
		}
	}

	private void take(SocketIoPacket packet) throws IOException {
		switch (packet.type()) {
			case OPEN -> packet(SocketIoPacket.CONNECT);
			case PING -> packet(SocketIoPacket.PONG);
			case CONNECTED -> {
				this.connected = true;
				this.whenConnected.forEach(Runnable::run);
			}
			case ACK -> this.listening = true;
			case BINARY_EVENT -> this.attachment = stream(packet);
			case EVENT -> event(packet);
		}
	}

	private void event(SocketIoPacket packet) throws IOException {
		switch (packet.kind()) {
			case OPEN -> offered(packet.from(), packet.stream());
			case ACCEPT -> stream(packet).accepted(packet.from());
			case CLOSE -> {
				SocketIoStream stream = stream(packet);
				this.streams.remove(stream.id);
				stream.closed();
			}
			default -> throw new ProtocolException("a message of kind " + packet.kind());
		}
	}

	private SocketIoStream stream(SocketIoPacket packet) throws ProtocolException {
		SocketIoStream stream = this.streams.get(packet.stream());
		if (stream == null) {
			throw new ProtocolException("no stream " + packet.stream());
		}
		return stream;
	}

	private void offered(String client, String id) {
		SocketIoStream stream = new SocketIoStream(this, "h" + id, "c" + id, this.acceptor.get());
		this.streams.put(stream.id, stream);
		send(client, ACCEPT, "c" + id);
		stream.accepted(client);
	}

	@Override
	public void drained() {
		for (int i = this.blocked.size(); i > 0; i--) {
			this.blocked.remove().resume();
		}
	}

	@Override
	public boolean isReady() {
		return this.listening;
	}

	@Override
	public void reading(boolean reading) {
		connection().reading(reading);
	}

	@Override
	public long written() {
		return connection().written();
	}

	@Override
	public void beforeFlush() {
	}

	@Override
	public void closed(@Nullable IOException cause) {
		if (cause != null) {
			throw new UncheckedIOException(cause);
		}
	}

}
