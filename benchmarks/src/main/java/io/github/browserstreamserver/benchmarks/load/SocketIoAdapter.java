/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Streams as events of Socket.IO, over WebSocket from the start. Nobody says what was
 * taken, as its users do not: who sends is held back by the socket only.
 */
final class SocketIoAdapter implements Adapter {

	private static final String PATH = "/socket.io/?EIO=4&transport=websocket";

	private final Loop loop;

	private final int port;

	/** Makes the names of streams; there is only one generator. */
	private final AtomicInteger ids = new AtomicInteger();

	SocketIoAdapter(Loop loop, int port) {
		this.loop = loop;
		this.port = port;
	}

	@Override
	public Host host(String name, int streams, Supplier<StreamHandler> acceptor) throws IOException {
		SocketIoPeer peer = connect(acceptor);
		peer.listen(name);
		return peer;
	}

	@Override
	public Client client() throws IOException {
		return connect(() -> {
			throw new IllegalStateException("nobody connects to a client");
		});
	}

	private SocketIoPeer connect(Supplier<StreamHandler> acceptor) throws IOException {
		SocketIoPeer peer = new SocketIoPeer(this.ids, acceptor);
		peer.connection(WebSocketConnection.connect(this.loop, this.port, PATH, null, peer));
		return peer;
	}

}
