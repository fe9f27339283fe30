/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A dialect that has streams: a connection for each host and each client.
 *
 * @param loop where the connections are
 * @param port of the relay
 * @param path of its endpoint
 * @param subprotocol of the WebSocket; {@code null} for none
 * @param peers makes a host or a client of what accepts streams
 */
record MultiplexedAdapter(Loop loop, int port, String path, @Nullable String subprotocol,
		Function<Supplier<StreamHandler>, MultiplexedPeer> peers) implements Adapter {

	@Override
	public Host host(String name, int streams, Supplier<StreamHandler> acceptor) throws IOException {
		MultiplexedPeer peer = connect(acceptor);
		peer.listen(name);
		return peer;
	}

	@Override
	public Client client() throws IOException {
		return connect(() -> {
			throw new IllegalStateException("nobody connects to a client");
		});
	}

	private MultiplexedPeer connect(Supplier<StreamHandler> acceptor) throws IOException {
		MultiplexedPeer peer = this.peers.apply(acceptor);
		peer.connection(WebSocketConnection.connect(this.loop, this.port, this.path, this.subprotocol, peer));
		return peer;
	}

}
