/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.report;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A column of the summary.
 *
 * @param title what stands above it
 * @param measure of which measure
 * @param metric which of its numbers
 */
record Column(String title, String measure, String metric) {

	static final Column BULK = new Column("64 KiB one way: CPU s/GB", "bulk", "cpu-s-per-gb");

	static final Column SMALL = new Column("1 KiB: CPU µs/message", "small", "cpu-us-per-message");

	static final Column PING = new Column("1 stream p50 µs", "pingpong", "p50-us");

	static final Column HUNDRED = new Column("100 streams: CPU µs/round trip", "pingpong100", "cpu-us-per-round-trip");

	static final Column OPEN = new Column("open, 50 at once: CPU µs", "open50", "cpu-us-per-open");

	static final Column IDLE = new Column("idle host KiB", "idle", "kib-per-host");

	static final List<Column> SUMMARY = List.of(BULK, new Column("MB/s", "bulk", "mb-per-s"), SMALL, PING,
			new Column("p99 µs", "pingpong", "p99-us"),
			new Column("CPU µs/round trip", "pingpong", "cpu-us-per-round-trip"), HUNDRED,
			new Column("1000 streams: CPU µs/round trip", "streams1000", "cpu-us-per-round-trip"),
			new Column("open, 1 at a time: CPU µs", "open1", "cpu-us-per-open"), OPEN, IDLE,
			new Column("slow: MB taken", "slow", "mb-taken"), new Column("slow: MB held", "slow", "mb-held"),
			new Column("healthy p99 µs before", "slow", "before-p99-us"), new Column("during", "slow", "during-p99-us"),
			new Column("ping-pong p99 µs alone", "bulk+pingpong", "alone-p99-us"),
			new Column("beside bulk", "bulk+pingpong", "beside-p99-us"), new Column("start ms", "start", "start-ms"));

	/** Where less is better, and which stand for all. */
	static final List<Column> PICTURE = List.of(BULK, SMALL, PING, HUNDRED, OPEN, IDLE);

	@Nullable Spread of(Samples samples, String peer) {
		return samples.spread(this.measure, peer, this.metric);
	}

}
