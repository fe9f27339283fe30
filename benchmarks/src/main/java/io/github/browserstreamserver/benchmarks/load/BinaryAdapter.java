/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.util.function.Supplier;

/**
 * This project's own dialect, see {@code docs/protocol.md}: a connection for each host
 * and each client, streams within.
 */
final class BinaryAdapter implements Adapter {

	private final Loop loop;

	private final int port;

	BinaryAdapter(Loop loop, int port) {
		this.loop = loop;
		this.port = port;
	}

	@Override
	public Host host(String name, int streams, Supplier<StreamHandler> acceptor) throws IOException {
		BinaryPeer peer = connect(acceptor);
		peer.listen(name);
		return peer;
	}

	@Override
	public Client client() throws IOException {
		return connect(() -> {
			throw new IllegalStateException("nobody connects to a client");
		});
	}

	private BinaryPeer connect(Supplier<StreamHandler> acceptor) throws IOException {
		BinaryPeer peer = new BinaryPeer(acceptor);
		peer.connection(
				WebSocketConnection.connect(this.loop, this.port, "/browser-server", "v1.browser-stream-server", peer));
		return peer;
	}

}
