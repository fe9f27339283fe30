/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Measures how long a page takes from its navigation to {@code connect}, over a line with
 * a round trip of 100 ms, beside socket.io with its own bundle: with an empty cache, and
 * when the page was there before.
 * <p>
 * {@code ConnectBenchmark [rounds [directory]]} prints a table, and writes it into the
 * directory.
 */
public final class ConnectBenchmark {

	private static final int ROUND_TRIP_MILLIS = 100;

	/** A page says so by a number. */
	private static final String CONNECTED = "new Promise((resolve) => globalThis.connected"
			+ " ? resolve(connected) : (globalThis.onconnected = resolve))";

	private static final String HEAD = "| | client ms | socket.io ms | client / socket.io | best, worst round |\n"
			+ "| --- | --- | --- | --- | --- |\n";

	private ConnectBenchmark() {
	}

	/**
	 * Runs it.
	 * @param args how many rounds (7), and where the result goes ({@code target/page})
	 * @throws IOException if the browser, Node or a file is not to be had
	 */
	public static void main(String[] args) throws IOException {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 7;
		Path directory = Path.of((args.length > 1) ? args[1] : "target/page");
		try (ConfigurableApplicationContext application = PageApplication.start();
				SocketIoPage socketIo = SocketIoPage.start()) {
			int ours = PageApplication.port(application);
			String table = HEAD + rows(rounds, ours, socketIo.port(), false)
					+ rows(rounds, ours, socketIo.port(), true);
			System.out.println(table);
			Files.createDirectories(directory);
			Files.writeString(directory.resolve("connect.md"), table);
		}
	}

	private static String rows(int rounds, int ourPort, int theirPort, boolean handshake) throws IOException {
		List<Visit> visits = new ArrayList<>();
		List<Visit> others = new ArrayList<>();
		try (SlowLine ours = new SlowLine(ourPort, ROUND_TRIP_MILLIS, handshake);
				SlowLine theirs = new SlowLine(theirPort, ROUND_TRIP_MILLIS, handshake)) {
			// The first one only warms up.
			for (int round = 0; round <= rounds; round++) {
				Visit one = visit("http://127.0.0.1:" + ours.port() + "/page/connect.html");
				Visit other = visit("http://127.0.0.1:" + theirs.port() + "/");
				if (round > 0) {
					visits.add(one);
					others.add(other);
				}
			}
		}
		return table(visits, others, handshake ? ", TCP's handshake too" : "");
	}

	/** With a browser of its own, whose cache is empty at first. */
	private static Visit visit(String address) throws IOException {
		try (Chromium chromium = new Chromium()) {
			chromium.open(address);
			double cold = chromium.run(CONNECTED);
			chromium.open("about:blank");
			chromium.open(address);
			return new Visit(cold, chromium.run(CONNECTED));
		}
	}

	private static String table(List<Visit> visits, List<Visit> others, String line) {
		List<Double> cold = new ArrayList<>();
		List<Double> warm = new ArrayList<>();
		for (int round = 0; round < visits.size(); round++) {
			cold.add(visits.get(round).cold() / others.get(round).cold());
			warm.add(visits.get(round).warm() / others.get(round).warm());
		}
		return row("cold" + line, visits.stream().map(Visit::cold).toList(), others.stream().map(Visit::cold).toList(),
				cold)
				+ row("warm" + line, visits.stream().map(Visit::warm).toList(),
						others.stream().map(Visit::warm).toList(), warm);
	}

	private static String row(String label, List<Double> ours, List<Double> theirs, List<Double> ratios) {
		List<Double> sorted = ratios.stream().sorted().toList();
		return String.format(Locale.ROOT, "| %s | %.0f | %.0f | **%.2f** | %.2f, %.2f |%n", label, middle(ours),
				middle(theirs), middle(ratios), sorted.get(0), sorted.get(sorted.size() - 1));
	}

	private static double middle(List<Double> values) {
		return PageReport.middle(values.stream().sorted().toList());
	}

	/**
	 * Milliseconds from the navigation to {@code connect}.
	 *
	 * @param cold with an empty cache
	 * @param warm when the page was there before
	 */
	private record Visit(double cold, double warm) {
	}

}
