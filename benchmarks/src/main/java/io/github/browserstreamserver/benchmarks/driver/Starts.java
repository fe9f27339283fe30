/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import io.github.browserstreamserver.benchmarks.relay.OursRelay;
import io.github.browserstreamserver.benchmarks.relay.Ready;

/**
 * How long an application takes to start, with and without the starter, in turns: from
 * the start of the process until it says that it is ready. The JVM has no flags.
 */
final class Starts {

	static final String MEASURE = "start";

	/** What the starter brings to an application of Spring MVC on Tomcat. */
	private static final List<String> BROUGHT = List.of("browser-stream-server", "spring-boot-websocket",
			"spring-boot-starter-websocket", "spring-websocket", "spring-messaging");

	private static final int SECONDS = 180;

	private Starts() {
	}

	static void run(int times, BiConsumer<String, Double> result) throws IOException {
		List<String> without = new ArrayList<>(Peers.TOMCAT);
		without.addAll(BROUGHT);
		for (int i = 0; i < times; i++) {
			result.accept("with the starter", millis(Peers.TOMCAT));
			result.accept("without the starter", millis(without));
		}
	}

	private static double millis(List<String> without) throws IOException {
		List<String> command = Jvm.command(List.of(), without, OursRelay.class.getName(), Peers.ON_TOMCAT);
		long begin = System.nanoTime();
		try (Child application = new Child(Core.RELAY.pin(command), (line) -> line.startsWith(Ready.WORD))) {
			application.awaitLine(SECONDS);
			return (System.nanoTime() - begin) / 1e6;
		}
	}

}
