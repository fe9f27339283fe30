/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * All that came out, and the medians of it.
 */
public final class Samples {

	private final List<Sample> samples = new ArrayList<>();

	/**
	 * Adds a number.
	 * @param sample the number
	 */
	public void add(Sample sample) {
		this.samples.add(sample);
	}

	/**
	 * Tells whether there is anything to report.
	 * @return whether nothing was added
	 */
	public boolean isEmpty() {
		return this.samples.isEmpty();
	}

	List<Sample> all() {
		return List.copyOf(this.samples);
	}

	List<String> peers() {
		return distinct(Sample::peer);
	}

	List<String> measures() {
		return distinct(Sample::measure);
	}

	private List<String> distinct(Function<Sample, String> what) {
		return this.samples.stream().map(what).distinct().toList();
	}

	List<String> metrics(String measure) {
		return this.samples.stream()
			.filter((sample) -> sample.measure().equals(measure))
			.map(Sample::metric)
			.distinct()
			.toList();
	}

	/**
	 * Returns the middle of all rounds.
	 * @param measure the measure
	 * @param peer the peer
	 * @param metric the metric
	 * @return the spread, or {@code null} if nothing came out
	 */
	@Nullable Spread spread(String measure, String peer, String metric) {
		double[] values = this.samples.stream()
			.filter((sample) -> sample.measure().equals(measure) && sample.peer().equals(peer)
					&& sample.metric().equals(metric))
			.mapToDouble(Sample::value)
			.filter(Double::isFinite)
			.sorted()
			.toArray();
		return (values.length == 0) ? null : Spread.of(values);
	}

}
