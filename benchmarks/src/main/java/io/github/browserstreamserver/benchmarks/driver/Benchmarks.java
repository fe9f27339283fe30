/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.Map;

import io.github.browserstreamserver.benchmarks.report.Report;
import io.github.browserstreamserver.benchmarks.report.Sample;
import io.github.browserstreamserver.benchmarks.report.Samples;

/**
 * Runs the whole table: in each round each measure, for each measure each peer, every one
 * in a process of its own.
 */
public final class Benchmarks {

	private static final String CROWD = "idle10k";

	private static final List<String> MEASURES = List.of("bulk", "small", "pingpong", "pingpong100", "open1", "open50",
			"idle", "slow", CROWD, "streams1000", "bulk+pingpong", Starts.MEASURE);

	/** Who is compared with a crowd beside it, unless peers are named: it takes long. */
	private static final Set<String> CROWDED = Set.of("ours", "ours-standard", "netty", "ws-relay-node");

	private final Options options;

	private final Generator generator;

	private final Samples samples = new Samples();

	private final Noise noise = new Noise();

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
		try {
			Options options = Options.of(arguments);
			Options.check("measure", options.measures(), MEASURES);
			Options.check("peer", options.peers(), Peers.names());
			new Benchmarks(options).run();
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
		}
	}

	private void run() throws IOException {
		List<Peer> peers = Peers.chosen(this.options.peers());
		for (int round = 1; round <= this.options.rounds(); round++) {
			this.noise.listen();
			for (String measure : MEASURES) {
				if (this.options.measures().isEmpty() || this.options.measures().contains(measure)) {
					measure(round, measure, peers);
					write();
				}
			}
		}
		if (this.samples.isEmpty()) {
			System.err.println("nothing was measured, so nothing is written");
			System.exit(1);
		}
		System.out.println("written to " + this.options.out());
	}

	/**
	 * Writes what there is: a run takes long, and may be broken off.
	 */
	private void write() throws IOException {
		if (!this.samples.isEmpty()) {
			new Report(this.samples, Machine.describe(this.options, this.noise)).write(this.options.out());
		}
	}

	private void measure(int round, String measure, List<Peer> peers) {
		if (measure.equals(Starts.MEASURE)) {
			start(round);
			return;
		}
		for (Peer peer : peers) {
			if (!measure.equals(CROWD) || !this.options.peers().isEmpty() || CROWDED.contains(peer.name())) {
				measure(round, measure, peer);
			}
		}
	}

	private void start(int round) {
		try {
			Starts.run(this.options.starts(), (what, millis) -> {
				this.samples.add(new Sample(round, Starts.MEASURE, what, "start-ms", millis));
				System.out.println(round + " start " + what + " " + millis);
			});
		}
		catch (IOException ex) {
			System.out.println(round + " start FAILED: " + ex.getMessage());
		}
	}

	private void measure(int round, String measure, Peer peer) {
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
