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

import org.jspecify.annotations.Nullable;

/**
 * A connection to a Socket.IO server. A message of a stream is a text frame that says
 * whose it is, and a binary frame behind it. Nobody says what was taken, as its users do
 * not: who sends is held back by the socket only.
 */
final class SocketIoPeer extends MessagePeer<SocketIoStream> {

	/** Of WebSocket from the start. */
	static final String PATH = "/socket.io/?EIO=4&transport=websocket";

	static final String CLOSE = "close";

	private static final String DATA = "data";

	private static final String OPEN = "open";

	private static final String ACCEPT = "accept";

	private final AtomicInteger ids;

	private final StringBuilder text = new StringBuilder();

	/** Whose bytes come next. */
	private @Nullable SocketIoStream attachment;

	SocketIoPeer(AtomicInteger ids, Supplier<StreamHandler> acceptor) {
		super(acceptor);
		this.ids = ids;
	}

	@Override
	public void opened() {
	}

	private void packet(String packet) {
		connection().sendText(ByteBuffer.wrap(packet.getBytes(StandardCharsets.US_ASCII)));
	}

	@Override
	void listen(String name) {
		whenConnected(() -> packet(SocketIoPacket.host(name)));
	}

	@Override
	public void open(String name, StreamHandler handler) {
		whenConnected(() -> {
			String id = Integer.toString(this.ids.incrementAndGet());
			add(new SocketIoStream(this, "c" + id, "h" + id, handler));
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
			case CONNECTED -> connected();
			case ACK -> listening();
			case BINARY_EVENT -> this.attachment = stream(packet.stream());
			case EVENT -> event(packet);
		}
	}

	private void event(SocketIoPacket packet) throws IOException {
		switch (packet.kind()) {
			case OPEN -> offered(packet.from(), packet.stream());
			case ACCEPT -> stream(packet.stream()).accepted(packet.from());
			case CLOSE -> {
				SocketIoStream stream = stream(packet.stream());
				remove(stream);
				stream.closed();
			}
			default -> throw new ProtocolException("a message of kind " + packet.kind());
		}
	}

	private void offered(String client, String id) {
		SocketIoStream stream = add(new SocketIoStream(this, "h" + id, "c" + id, accept()));
		send(client, ACCEPT, "c" + id);
		stream.accepted(client);
	}

}
