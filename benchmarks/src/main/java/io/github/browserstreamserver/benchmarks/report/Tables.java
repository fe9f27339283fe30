/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.report;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The numbers in tables.
 */
final class Tables {

	private static final double BUSY = 95;

	private Tables() {
	}

	static String summary(Samples samples) {
		List<Column> columns = Column.SUMMARY.stream()
			.filter((column) -> samples.measures().contains(column.measure()))
			.toList();
		StringBuilder table = new StringBuilder("| peer |");
		columns.forEach((column) -> table.append(' ').append(column.title()).append(" |"));
		rule(table, columns.size());
		for (String peer : samples.peers()) {
			if (columns.stream().anyMatch((column) -> column.of(samples, peer) != null)) {
				table.append("| ").append(peer).append(" |");
				columns.forEach((column) -> table.append(' ').append(median(column.of(samples, peer))).append(" |"));
				table.append('\n');
			}
		}
		return table.toString();
	}

	private static String median(@Nullable Spread spread) {
		return (spread == null) ? "" : Numbers.show(spread.median());
	}

	static String details(Samples samples) {
		StringBuilder tables = new StringBuilder();
		for (String measure : samples.measures()) {
			List<String> metrics = samples.metrics(measure);
			tables.append("### ").append(measure).append("\n\n| peer |");
			metrics.forEach((metric) -> tables.append(' ').append(metric).append(" |"));
			rule(tables, metrics.size());
			for (String peer : samples.peers()) {
				row(tables, samples, measure, peer);
			}
			tables.append('\n');
		}
		return tables.toString();
	}

	private static void row(StringBuilder table, Samples samples, String measure, String peer) {
		List<String> metrics = samples.metrics(measure);
		if (metrics.stream().allMatch((metric) -> samples.spread(measure, peer, metric) == null)) {
			return;
		}
		table.append("| ").append(peer).append(" |");
		for (String metric : metrics) {
			table.append(' ').append(cell(metric, samples.spread(measure, peer, metric))).append(" |");
		}
		table.append('\n');
	}

	private static String cell(String metric, @Nullable Spread spread) {
		if (spread == null) {
			return "";
		}
		boolean limits = metric.equals("generator-busy") && spread.max() > BUSY;
		return Numbers.show(spread.median()) + " (" + Numbers.show(spread.min()) + "–" + Numbers.show(spread.max())
				+ ")" + (limits ? " **over 95 %**" : "");
	}

	private static void rule(StringBuilder table, int columns) {
		table.append("\n|---|").append("---:|".repeat(columns)).append('\n');
	}

}
