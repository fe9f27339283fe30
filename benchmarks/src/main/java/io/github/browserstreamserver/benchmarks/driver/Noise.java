/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How much the machine itself wavers: the same work, timed at the beginning of each
 * round.
 */
final class Noise {

	private static final int TURNS = 50_000_000;

	private static final int TIMES = 7;

	private final List<Double> millis = new ArrayList<>();

	private final List<String> loads = new ArrayList<>();

	private long sink;

	Noise() {
		spin();
	}

	void listen() throws IOException {
		for (int i = 0; i < TIMES; i++) {
			this.millis.add(spin());
		}
		this.loads.add(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
	}

	private double spin() {
		long begin = System.nanoTime();
		long value = this.sink + 1;
		for (int i = 0; i < TURNS; i++) {
			value = value * 6364136223846793005L + 1442695040888963407L;
		}
		this.sink = value;
		return (System.nanoTime() - begin) / 1e6;
	}

	String describe() {
		if (this.millis.isEmpty()) {
			return "noise not measured";
		}
		double least = Collections.min(this.millis);
		double spread = 100 * (Collections.max(this.millis) - least) / least;
		return String.format(Locale.ROOT,
				"noise: a loop of %.1f ms took up to %.0f %% longer at the beginnings of the rounds; load average then: %s",
				least, spread, String.join(", ", this.loads));
	}

}
