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
			case "open1" -> new Opens(1);
			case "open50" -> new Opens(50);
			case "idle" -> new Idle();
			case "slow" -> new Slow();
			case "idle10k" -> new Crowded();
			case "bulk+pingpong" -> new Beside();
			default -> throw new IllegalArgumentException("no measure '" + name + "'");
		};
	}

}
