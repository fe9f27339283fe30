/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.browserstreamserver.benchmarks.load.LoadGenerator;

/**
 * Runs the load generator for one measure of one relay.
 */
final class Generator {

	private static final int SECONDS_BESIDE_THE_LOAD = 240;

	private final Options options;

	Generator(Options options) {
		this.options = options;
	}

	Map<String, Double> run(String measure, Peer peer, RunningRelay relay) throws IOException {
		List<String> command = Jvm.command(Jvm.GENERATOR_FLAGS, List.of("spring", "jetty", "tomcat", "netty-"),
				LoadGenerator.class.getName(),
				List.of("--adapter=" + peer.adapter(), "--port=" + relay.port(), "--host-port=" + relay.hostPort(),
						"--pid=" + relay.process().pid(), "--jvm=" + relay.jvm(), "--measure=" + measure,
						"--warm=" + this.options.warm(), "--seconds=" + this.options.seconds(),
						"--hosts=" + this.options.hosts(), "--crowd=" + this.options.crowd()));
		try (Child process = new Child(Core.GENERATOR.pin(command), (line) -> false)) {
			int most = SECONDS_BESIDE_THE_LOAD + 3 * (3 * this.options.warm() + this.options.seconds());
			return metrics(process.awaitEnd(most));
		}
	}

	private static Map<String, Double> metrics(List<String> lines) throws IOException {
		Map<String, Double> metrics = new LinkedHashMap<>();
		for (String line : lines) {
			String[] words = line.split(" ");
			if (words.length != 2) {
				throw new IOException("the generator says: " + lines);
			}
			metrics.put(words[0], Double.valueOf(words[1]));
		}
		return metrics;
	}

}
