/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Writes what came out.
 */
public final class Report {

	private final Samples samples;

	/**
	 * Makes a report.
	 * @param samples what came out
	 */
	public Report(Samples samples) {
		this.samples = samples;
	}

	/**
	 * Writes the files.
	 * @param file the table's
	 * @throws IOException if they cannot be written
	 */
	public void write(Path file) throws IOException {
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.writeString(file, this.samples.measures().stream().map(this::table).collect(Collectors.joining("\n")));
	}

	private String table(String measure) {
		StringBuilder table = new StringBuilder("## " + measure + "\n\n| peer |");
		this.samples.metrics(measure).forEach((metric) -> table.append(' ').append(metric).append(" |"));
		table.append("\n|---|").append("---|".repeat(this.samples.metrics(measure).size())).append('\n');
		for (String peer : this.samples.peers()) {
			table.append("| ").append(peer).append(" |");
			for (String metric : this.samples.metrics(measure)) {
				table.append(' ').append(cell(this.samples.spread(measure, peer, metric))).append(" |");
			}
			table.append('\n');
		}
		return table.toString();
	}

	private static String cell(@Nullable Spread spread) {
		return (spread == null) ? "-" : Numbers.show(spread.median()) + " (" + Numbers.show(spread.min()) + "–"
				+ Numbers.show(spread.max()) + ")";
	}

}
