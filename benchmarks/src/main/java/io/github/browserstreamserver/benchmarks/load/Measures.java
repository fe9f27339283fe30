/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

/**
 * The measures by their names.
 */
final class Measures {

	private Measures() {
	}

	static Measure of(String name) {
		return switch (name) {
			case "bulk" -> Flow.bulk();
			case "small" -> Flow.small();
			case "pingpong" -> new PingPong(1);
			case "pingpong100" -> new PingPong(100);
			case "streams1000" -> new PingPong(1000);
			default -> throw new IllegalArgumentException("no measure '" + name + "'");
		};
	}

}
