/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;

/**
 * The dialects by their names.
 */
final class Adapters {

	private Adapters() {
	}

	static Adapter of(Loop loop, LoadOptions options) throws IOException {
		int port = options.port();
		return switch (options.adapter()) {
			case "binary" -> new BinaryAdapter(loop, port);
			case "plain" -> new PlainAdapter(loop, port);
			case "proxied" -> new ProxiedAdapter(loop, port, options.hostPort());
			case "socketio" -> new SocketIoAdapter(loop, port);
			case "stomp" -> new StompAdapter(loop, port);
			default -> throw new IllegalArgumentException("no adapter '" + options.adapter() + "'");
		};
	}

}
