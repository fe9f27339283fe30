/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * A flow beside round trips, on the same connections if the dialect has streams.
 */
final class Beside implements Measure {

	private static final int MESSAGE = 64 * 1024;

	@Override
	public void run(Bench bench) throws IOException {
		Receiver receiver = new Receiver(MESSAGE);
		Latencies latencies = new Latencies();
		Iterator<StreamHandler> inOrder = List.of(new Echo(PingPong.SIZE), receiver).iterator();
		Adapter.Host host = bench.adapter.host("both", 2, inOrder::next);
		bench.loop.await("the host's name", host::isReady);
		Adapter.Client client = bench.adapter.client();
		client.open("both", new Pinger(PingPong.SIZE, latencies));
		bench.warmUp(latencies::count);
		latencies.clear();
		bench.measure(latencies::count);
		bench.result("alone-p50-us", latencies.percentileMicros(50));
		bench.result("alone-p99-us", latencies.percentileMicros(99));
		client.open("both", new Sender(MESSAGE));
		bench.warmUp(receiver::count);
		latencies.clear();
		Bench.Interval flow = bench.measure(receiver::count);
		bench.result("beside-p50-us", latencies.percentileMicros(50));
		bench.result("beside-p99-us", latencies.percentileMicros(99));
		bench.result("mb-per-s", flow.perSecond() * MESSAGE / 1e6);
	}

}
