/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.report;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Our medians, and how they compare.
 */
final class Results {

	/** Peers in the measure of the application's start. */
	private static final String WITH = "with the starter";

	private static final String WITHOUT = "without the starter";

	private final Samples samples;

	Results(Samples samples) {
		this.samples = samples;
	}

	@Nullable Double median(String measure, String metric) {
		return median(measure, Goals.OURS, metric);
	}

	private @Nullable Double median(String measure, String peer, String metric) {
		Spread spread = this.samples.spread(measure, peer, metric);
		return (spread == null) ? null : spread.median();
	}

	@Nullable Double to(Column column, String peer) {
		return divide(median(column.measure(), column.metric()), median(column.measure(), peer, column.metric()));
	}

	/**
	 * Compares with the best of those that are not of this project.
	 * @param column of which number
	 * @return our median to theirs
	 */
	@Nullable Double toBest(Column column) {
		Double best = this.samples.peers()
			.stream()
			.filter((peer) -> !peer.startsWith(Goals.OURS))
			.map((peer) -> median(column.measure(), peer, column.metric()))
			.filter(Objects::nonNull)
			.min(Double::compare)
			.orElse(null);
		return divide(median(column.measure(), column.metric()), best);
	}

	@Nullable Double ratio(String measure, String metric, String toMetric) {
		return divide(median(measure, metric), median(measure, toMetric));
	}

	@Nullable Double crowd(String flow) {
		return ratio("idle10k", flow + "-beside-cpu-us-per-message", flow + "-alone-cpu-us-per-message");
	}

	@Nullable Double start() {
		return divide(median("start", WITH, "start-ms"), median("start", WITHOUT, "start-ms"));
	}

	private static @Nullable Double divide(@Nullable Double value, @Nullable Double by) {
		return (value == null || by == null) ? null : value / by;
	}

}
