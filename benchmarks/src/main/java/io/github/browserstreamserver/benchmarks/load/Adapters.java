/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

/**
 * The dialects by their names.
 */
final class Adapters {

	private Adapters() {
	}

	static Adapter of(String name, Loop loop, int port) {
		return switch (name) {
			case "binary" -> new BinaryAdapter(loop, port);
			case "plain" -> new PlainAdapter(loop, port);
			case "stomp" -> new StompAdapter(loop, port);
			default -> throw new IllegalArgumentException("no adapter '" + name + "'");
		};
	}

}
