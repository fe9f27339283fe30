/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.report;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What we want, beside what came out; ratios are those of medians of the same run.
 */
final class Goals {

	/** The peer whose result it is: this project as it is configured by default. */
	static final String OURS = "ours";

	private static final String WS = "ws-relay-node";

	private static final String NETTY = "netty";

	/** What a stream's window may grow to by default, in MB. */
	private static final double WINDOW = 1.048576;

	private static final List<Goal> ALL = List.of(
			new Goal("CPU per GB, to Netty's relay", 0.75, (of) -> of.to(Column.BULK, NETTY)),
			new Goal("CPU per GB, to Node's ws", 0.9, (of) -> of.to(Column.BULK, WS)),
			new Goal("CPU per GB, to haproxy", 2, (of) -> of.to(Column.BULK, "haproxy")),
			new Goal("CPU per 1 KiB message, to Netty's relay", 0.5, (of) -> of.to(Column.SMALL, NETTY)),
			new Goal("CPU per 1 KiB message, to Node's ws", 0.1, (of) -> of.to(Column.SMALL, WS)),
			new Goal("CPU per 1 KiB message, to nginx", 1, (of) -> of.to(Column.SMALL, "nginx")),
			new Goal("CPU per round trip, 100 streams, to Netty's relay", 0.5, (of) -> of.to(Column.HUNDRED, NETTY)),
			new Goal("ping-pong p50, to the best peer", 1.1, (of) -> of.toBest(Column.PING)),
			new Goal("ping-pong p99, to its p50", 2, (of) -> of.ratio("pingpong", "p99-us", "p50-us")),
			new Goal("open + byte + close, 50 at once, to Socket.IO", 0.25, (of) -> of.to(Column.OPEN, "socketio")),
			new Goal("idle host, KiB", 8, (of) -> of.median("idle", "kib-per-host")),
			new Goal("idle host, to Node's ws", 1, (of) -> of.to(Column.IDLE, WS)),
			new Goal("slow reader: MB taken for it, with what the kernel holds", WINDOW,
					(of) -> of.median("slow", "mb-taken")),
			new Goal("slow reader: p99 of a healthy pair, to before", 1.2,
					(of) -> of.ratio("slow", "during-p99-us", "before-p99-us")),
			new Goal("ping-pong p99 beside bulk, to alone", 5,
					(of) -> of.ratio("bulk+pingpong", "beside-p99-us", "alone-p99-us")),
			new Goal("bulk beside the idle crowd, to without", 1.1, (of) -> of.crowd("bulk")),
			new Goal("small beside the idle crowd, to without", 1.1, (of) -> of.crowd("small")),
			new Goal("start with the starter, to without", 1.05, (of) -> of.start()));

	private Goals() {
	}

	static String table(Samples samples) {
		Results results = new Results(samples);
		StringBuilder table = new StringBuilder("| measure | goal: at most | result | |\n|---|---:|---:|---|\n");
		for (Goal goal : ALL) {
			Double result = goal.result().apply(results);
			table.append("| ").append(goal.what()).append(" | ").append(Numbers.show(goal.most())).append(" | ");
			table.append((result == null) ? "" : Numbers.show(result)).append(" | ");
			table.append((result == null) ? "not measured" : (result <= goal.most()) ? "reached" : "missed");
			table.append(" |\n");
		}
		return table.toString();
	}

	private record Goal(String what, double most, Function<Results, @Nullable Double> result) {

	}

}
