/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.github.browserstreamserver.benchmarks.report.Report;
import io.github.browserstreamserver.benchmarks.report.Sample;
import io.github.browserstreamserver.benchmarks.report.Samples;

/**
 * Runs the whole table: in each round each measure, for each measure each peer, every one
 * in a process of its own.
 */
public final class Benchmarks {

	private static final List<String> MEASURES = List.of("bulk", "small", "pingpong", "pingpong100", "open1", "open50",
			"idle", "slow", "idle10k", "streams1000", "bulk+pingpong");

	private final Options options;

	private final Generator generator;

	private final Samples samples = new Samples();

	private Benchmarks(Options options) {
		this.options = options;
		this.generator = new Generator(options);
	}

	/**
	 * Runs it.
	 * @param arguments see {@code benchmarks/README.md}
	 * @throws IOException if the result cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		new Benchmarks(Options.of(arguments)).run();
	}

	private void run() throws IOException {
		List<Peer> peers = Peers.all().stream().filter((peer) -> chosen(this.options.peers(), peer.name())).toList();
		for (int round = 1; round <= this.options.rounds(); round++) {
			for (String measure : MEASURES) {
				if (chosen(this.options.measures(), measure)) {
					for (Peer peer : peers) {
						measure(round, measure, peer);
					}
				}
			}
			new Report(this.samples).write(this.options.out());
		}
	}

	private static boolean chosen(List<String> names, String name) {
		return names.isEmpty() || names.contains(name);
	}

	private void measure(int round, String measure, Peer peer) {
		if (!peer.launcher().isThere()) {
			return;
		}
		try (RunningRelay relay = peer.launcher().start(Core.RELAY)) {
			Map<String, Double> metrics = this.generator.run(measure, peer, relay);
			metrics
				.forEach((metric, value) -> this.samples.add(new Sample(round, measure, peer.name(), metric, value)));
			System.out.println(round + " " + measure + " " + peer.name() + " " + metrics);
		}
		catch (IOException ex) {
			System.out.println(round + " " + measure + " " + peer.name() + " FAILED: " + ex.getMessage());
		}
	}

}
