/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The dialects by their names.
 */
final class Adapters {

	private Adapters() {
	}

	static Adapter of(Loop loop, LoadOptions options) throws IOException {
		int port = options.port();
		// names of streams that peers make for each other
		AtomicInteger ids = new AtomicInteger();
		return switch (options.adapter()) {
			case "binary" ->
				new MultiplexedAdapter(loop, port, "/browser-server", "v1.browser-stream-server", BinaryPeer::new);
			case "original" -> new MultiplexedAdapter(loop, port, OriginalPeer.PATH, null, OriginalPeer::new);
			case "plain" -> new PlainAdapter(loop, port);
			case "proxied" -> new ProxiedAdapter(loop, port, options.hostPort());
			case "socketio" -> new MultiplexedAdapter(loop, port, SocketIoPeer.PATH, null,
					(acceptor) -> new SocketIoPeer(ids, acceptor));
			case "stomp" ->
				new MultiplexedAdapter(loop, port, "/stomp", "v12.stomp", (acceptor) -> new StompPeer(ids, acceptor));
			default -> throw new IllegalArgumentException("no adapter '" + options.adapter() + "'");
		};
	}

}
