/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;

/**
 * Round trips on one or many streams at once.
 */
final class PingPong implements Measure {

	static final int SIZE = 32;

	private final int streams;

	PingPong(int streams) {
		this.streams = streams;
	}

	@Override
	public void run(Bench bench) throws IOException {
		Adapter.Host host = bench.adapter.host("echo", this.streams, () -> new Echo(SIZE));
		bench.loop.await("the host's name", host::isReady);
		Adapter.Client client = bench.adapter.client();
		Latencies latencies = new Latencies();
		for (int i = 0; i < this.streams; i++) {
			client.open("echo", new Pinger(SIZE, latencies));
		}
		// to open a thousand streams may take a cold relay longer than a second
		bench.loop.await("round trips", () -> latencies.count() >= this.streams);
		bench.warmUp(latencies::count);
		latencies.clear();
		Bench.Interval interval = bench.measure(latencies::count);
		bench.result("p50-us", latencies.percentileMicros(50));
		bench.result("p99-us", latencies.percentileMicros(99));
		bench.result("cpu-us-per-round-trip", interval.relayMicrosPerUnit());
		bench.result("round-trips-per-s", interval.perSecond());
	}

}
