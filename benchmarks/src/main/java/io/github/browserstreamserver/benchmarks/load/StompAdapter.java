/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Streams as topics of a STOMP broker. A client asks at the host's topic, and each end
 * listens on a topic of the stream's own. A broker holds nobody back, so the receiver
 * says what it has taken, as everybody has to who sends a lot over STOMP.
 */
final class StompAdapter implements Adapter {

	private final Loop loop;

	private final int port;

	/** Makes the names of topics; there is only one generator. */
	private final AtomicInteger ids = new AtomicInteger();

	StompAdapter(Loop loop, int port) {
		this.loop = loop;
		this.port = port;
	}

	@Override
	public Host host(String name, int streams, Supplier<StreamHandler> acceptor) throws IOException {
		StompPeer peer = connect(acceptor);
		peer.listen(name);
		return peer;
	}

	@Override
	public Client client() throws IOException {
		return connect(() -> {
			throw new IllegalStateException("nobody connects to a client");
		});
	}

	private StompPeer connect(Supplier<StreamHandler> acceptor) throws IOException {
		StompPeer peer = new StompPeer(this.ids, acceptor);
		peer.connection(WebSocketConnection.connect(this.loop, this.port, "/stomp", "v12.stomp", peer));
		return peer;
	}

}
