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
 * A connection to a STOMP broker, each frame in a WebSocket message of its own.
 */
final class StompPeer implements FrameSink, Adapter.Host, Adapter.Client {

	static final String DATA = "data";

	static final String TAKEN = "taken";

	static final String CLOSE = "close";

	private static final String OPEN = "open";

	private static final String ACCEPT = "accept";

	private static final int MAX_HEAD = 256;

	private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

	private final AtomicInteger ids;

	private final Supplier<StreamHandler> acceptor;

	private final Map<String, StompStream> streams = new HashMap<>();

	private final ArrayDeque<StompStream> blocked = new ArrayDeque<>();

	private final List<Runnable> whenConnected = new ArrayList<>();

	private ByteBuffer assembly = ByteBuffer.allocate(1024);

	private ByteBuffer scratch = ByteBuffer.allocate(1024);

	private @Nullable WebSocketConnection connection;

	private boolean connected;

	private boolean listening;

	private String name = "";

	StompPeer(AtomicInteger ids, Supplier<StreamHandler> acceptor) {
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
		command("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0");
	}

	private void command(String frame) {
		connection().send(ByteBuffer.wrap(frame.getBytes(StandardCharsets.US_ASCII)));
	}

	void listen(String name) {
		this.name = name;
		whenConnected(() -> {
			subscribe(name);
			// what we send ourselves comes when the broker has subscribed us
			send(name, ACCEPT, EMPTY);
		});
	}

	@Override
	public void open(String name, StreamHandler handler) {
		whenConnected(() -> {
			String id = Integer.toString(this.ids.incrementAndGet());
			this.streams.put("c" + id, new StompStream(this, "c" + id, "h" + id, handler));
			subscribe("c" + id);
			send(name, OPEN, ByteBuffer.wrap(id.getBytes(StandardCharsets.US_ASCII)));
		});
	}

	private void subscribe(String topic) {
		command("SUBSCRIBE\nid:" + topic + "\ndestination:" + StompFrame.PREFIX + topic + "\n\n\0");
	}

	void send(String topic, String kind, ByteBuffer body) {
		if (this.scratch.capacity() < MAX_HEAD + body.remaining()) {
			this.scratch = ByteBuffer.allocate(2 * (MAX_HEAD + body.remaining()));
		}
		StompFrame.send(this.scratch.clear(), topic, kind, body);
		connection().send(this.scratch.flip());
	}

	void forget(StompStream stream) {
		this.streams.remove(stream.topic);
		command("UNSUBSCRIBE\nid:" + stream.topic + "\n\n\0");
	}

	boolean writable(StompStream stream) {
		if (connection().writable()) {
			return true;
		}
		this.blocked.add(stream);
		return false;
	}

	@Override
	public void received(ByteBuffer part, boolean last) throws IOException {
		if (this.assembly.remaining() < part.remaining()) {
			this.assembly = ByteBuffer.allocate(2 * (this.assembly.position() + part.remaining()))
				.put(this.assembly.flip());
		}
		this.assembly.put(part);
		if (last) {
			take(StompFrame.read(this.assembly.flip()));
			this.assembly.clear();
		}
	}

	private void take(StompFrame frame) throws IOException {
		switch (frame.command()) {
			case "CONNECTED" -> {
				this.connected = true;
				this.whenConnected.forEach(Runnable::run);
			}
			case "MESSAGE" -> message(frame);
			case "" -> {
			}
			default -> throw new ProtocolException(frame.command() + StandardCharsets.UTF_8.decode(frame.body()));
		}
	}

	private void message(StompFrame frame) throws IOException {
		StompStream stream = this.streams.get(frame.topic());
		if (stream != null) {
			if (frame.kind().equals(ACCEPT)) {
				stream.accepted();
			}
			else {
				stream.take(frame);
			}
		}
		else if (frame.kind().equals(OPEN)) {
			offered(StandardCharsets.US_ASCII.decode(frame.body()).toString());
		}
		else if (frame.topic().equals(this.name)) {
			this.listening = true;
		}
	}

	private void offered(String id) {
		StompStream stream = new StompStream(this, "h" + id, "c" + id, this.acceptor.get());
		this.streams.put(stream.topic, stream);
		subscribe(stream.topic);
		send("c" + id, ACCEPT, EMPTY);
		stream.accepted();
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
