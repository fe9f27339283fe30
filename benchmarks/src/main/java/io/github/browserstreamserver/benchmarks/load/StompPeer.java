/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A connection to a STOMP broker, each frame in a WebSocket message of its own. Streams
 * are topics: a client asks at the host's topic, and each end listens on a topic of the
 * stream's own.
 */
final class StompPeer extends MessagePeer<StompStream> {

	static final String DATA = "data";

	static final String TAKEN = "taken";

	static final String CLOSE = "close";

	private static final String OPEN = "open";

	private static final String ACCEPT = "accept";

	private static final int MAX_HEAD = 256;

	private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

	private final AtomicInteger ids;

	private final MessageBuffer incoming = new MessageBuffer();

	private final MessageBuffer outgoing = new MessageBuffer();

	private String name = "";

	StompPeer(AtomicInteger ids, Supplier<StreamHandler> acceptor) {
		super(acceptor);
		this.ids = ids;
	}

	@Override
	public void opened() {
		command("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0");
	}

	private void command(String frame) {
		connection().send(ByteBuffer.wrap(frame.getBytes(StandardCharsets.US_ASCII)));
	}

	@Override
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
			add(new StompStream(this, "c" + id, "h" + id, handler));
			subscribe("c" + id);
			send(name, OPEN, ByteBuffer.wrap(id.getBytes(StandardCharsets.US_ASCII)));
		});
	}

	private void subscribe(String topic) {
		command("SUBSCRIBE\nid:" + topic + "\ndestination:" + StompFrame.PREFIX + topic + "\n\n\0");
	}

	void send(String topic, String kind, ByteBuffer body) {
		StompFrame.send(this.outgoing.room(MAX_HEAD + body.remaining()), topic, kind, body);
		connection().send(this.outgoing.end());
	}

	void forget(StompStream stream) {
		remove(stream);
		command("UNSUBSCRIBE\nid:" + stream.id + "\n\n\0");
	}

	@Override
	public void received(ByteBuffer part, boolean last) throws IOException {
		this.incoming.room(part.remaining()).put(part);
		if (last) {
			take(StompFrame.read(this.incoming.end()));
		}
	}

	private void take(StompFrame frame) throws IOException {
		switch (frame.command()) {
			case "CONNECTED" -> connected();
			case "MESSAGE" -> message(frame);
			case "" -> {
			}
			default -> throw new ProtocolException(frame.command() + StandardCharsets.UTF_8.decode(frame.body()));
		}
	}

	private void message(StompFrame frame) throws IOException {
		StompStream stream = find(frame.topic());
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
			listening();
		}
	}

	private void offered(String id) {
		StompStream stream = add(new StompStream(this, "h" + id, "c" + id, accept()));
		subscribe(stream.id);
		send("c" + id, ACCEPT, EMPTY);
		stream.accepted();
	}

}
