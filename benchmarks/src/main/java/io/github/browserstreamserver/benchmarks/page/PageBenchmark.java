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

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Measures the browser client in Chromium beside a raw WebSocket of the same page.
 * <p>
 * {@code PageBenchmark [rounds [directory [rows]]]} prints a table, and writes it and all
 * figures into the directory.
 */
public final class PageBenchmark {

	private static final int KIB = 1024;

	private static final List<Integer> SIZES = List.of(64 * KIB, KIB);

	private PageBenchmark() {
	}

	/**
	 * Runs it.
	 * @param args how many rounds (7), where results go ({@code target/page}), and a part
	 * of the names of rows: only those are run then, and profiled before
	 * @throws IOException if the browser or a file is not to be had
	 */
	public static void main(String[] args) throws IOException {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 7;
		Path directory = Path.of((args.length > 1) ? args[1] : "target/page");
		try (ConfigurableApplicationContext application = PageApplication.start();
				BareServer bare = new BareServer();
				Chromium chromium = new Chromium()) {
			int port = PageApplication.port(application);
			chromium.open("http://localhost:" + port + "/page/index.html");
			List<Case> cases = cases(bare.port(), port);
			if (args.length > 2) {
				cases.removeIf((each) -> !each.label().contains(args[2]));
				if (cases.isEmpty()) {
					throw new IllegalArgumentException("no row has '" + args[2] + "' in its name");
				}
				profile(cases, chromium, directory);
			}
			PageReport report = new PageReport(rounds);
			// The first one only warms up.
			for (int round = 0; round <= rounds; round++) {
				for (Case each : cases) {
					boolean rawFirst = round % 2 == 0;
					Sample one = each.run(chromium, rawFirst ? "raw" : "stream");
					Sample other = each.run(chromium, rawFirst ? "stream" : "raw");
					if (round > 0) {
						report.add(each.label(), rawFirst ? one : other, rawFirst ? other : one);
					}
				}
			}
			report.write(directory);
		}
	}

	private static void profile(List<Case> cases, Chromium chromium, Path directory) throws IOException {
		Files.createDirectories(directory);
		for (Case each : cases) {
			each.run(chromium, "stream");
			each.profile(chromium, "stream", directory);
			each.profile(chromium, "raw", directory);
		}
	}

	private static List<Case> cases(int bare, int application) {
		List<Case> cases = new ArrayList<>();
		for (int port : List.of(bare, application)) {
			for (boolean up : List.of(true, false)) {
				for (int size : SIZES) {
					// Tomcat's own engine, for the raw socket, is slow.
					long bytes = ((size == KIB) ? 16L : 64L) * KIB * KIB / ((port == bare) ? 1 : 2);
					String label = ((port == bare) ? "bare end" : "application") + ", page "
							+ (up ? "sends" : "receives") + ", " + size / KIB + " KiB";
					cases.add(new Case(label, port, new Transfer(up, size, bytes / size)));
				}
			}
		}
		return cases;
	}

	/**
	 * What is measured in one row of the table.
	 *
	 * @param label its name
	 * @param port of the other end
	 * @param transfer what is sent
	 */
	private record Case(String label, int port, Transfer transfer) {

		Sample run(Chromium chromium, String way) {
			Chromium.Usage before = chromium.usage();
			double ms = chromium.run(expression(way));
			return new Sample(this.transfer, ms / 1000, chromium.usage().minus(before));
		}

		void profile(Chromium chromium, String way, Path directory) throws IOException {
			chromium.profile(expression(way),
					directory.resolve(way + "-" + this.label.replaceAll("\\W+", "-") + ".cpuprofile"));
		}

		private String expression(String way) {
			return "measure('%s', 'ws://localhost:%d', { up: %s, size: %d, count: %d })".formatted(way, this.port,
					this.transfer.up(), this.transfer.size(), this.transfer.count());
		}

	}

	/**
	 * One transfer, measured.
	 *
	 * @param transfer what was sent
	 * @param seconds how long it took
	 * @param usage what the browser used meanwhile
	 */
	record Sample(Transfer transfer, double seconds, Chromium.Usage usage) {

		double megabytesPerSecond() {
			return this.transfer.bytes() / 1e6 / this.seconds;
		}

		double perGigabyte(double seconds) {
			return seconds / (this.transfer.bytes() / 1e9);
		}

	}

}
