/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A host that stops reading while its client sends: what the relay takes and holds, and
 * what a healthy pair feels.
 */
final class Slow implements Measure {

	private static final int MESSAGE = 64 * 1024;

	private static final long MOST = 500_000_000;

	/** What is sent, and for how long nothing is read, before it counts. */
	private static final int REHEARSED = 200;

	private static final long REHEARSAL = TimeUnit.MILLISECONDS.toNanos(1_500);

	private static final long STOPPED = TimeUnit.SECONDS.toNanos(8);

	@Override
	public void run(Bench bench) throws IOException {
		Receiver receiver = new Receiver(MESSAGE);
		Sender sender = new Sender(MESSAGE);
		Adapter.Host host = bench.adapter.host("slow", 1, () -> receiver);
		bench.loop.await("the slow host's name", host::isReady);
		Adapter.Client client = bench.adapter.client();
		client.open("slow", sender);
		bench.warmUp(receiver::count);
		sender.stop();
		bench.loop.await("what is under way", () -> receiver.count() == sender.count());
		Latencies latencies = healthyPair(bench);
		rehearse(bench, host, sender, receiver);
		bench.warmUp(latencies::count);
		latencies.clear();
		bench.measure(latencies::count);
		bench.result("before-p50-us", latencies.percentileMicros(50));
		bench.result("before-p99-us", latencies.percentileMicros(99));
		// the first look costs memory itself: what a collection marks with, and what jcmd
		// talks to
		bench.relay.memory();
		RelayProbe.Memory before = bench.relay.memory();
		host.reading(false);
		long writtenBefore = client.written();
		latencies.clear();
		sender.resume(MOST / MESSAGE);
		bench.loop.run(() -> false, STOPPED);
		bench.result("during-p50-us", latencies.percentileMicros(50));
		bench.result("during-p99-us", latencies.percentileMicros(99));
		bench.result("mb-taken", (client.written() - writtenBefore) / 1e6);
		RelayProbe.Memory after = bench.relay.memory();
		bench.result("mb-held", after.since(before) * 1024 / 1e6);
		bench.result("mb-held-heap", (after.heap() - before.heap()) * 1024 / 1e6);
	}

	/**
	 * The same, short: what a relay does for the first time when somebody stops reading
	 * costs a JVM compiled code, and that its neighbours some time.
	 */
	private static void rehearse(Bench bench, Adapter.Host host, Sender sender, Receiver receiver) throws IOException {
		host.reading(false);
		sender.resume(REHEARSED);
		bench.loop.run(() -> false, REHEARSAL);
		sender.stop();
		host.reading(true);
		bench.loop.await("what was held", () -> receiver.count() == sender.count());
	}

	private static Latencies healthyPair(Bench bench) throws IOException {
		Latencies latencies = new Latencies();
		Adapter.Host host = bench.adapter.host("healthy", 1, () -> new Echo(PingPong.SIZE));
		bench.loop.await("the healthy host's name", host::isReady);
		bench.adapter.client().open("healthy", new Pinger(PingPong.SIZE, latencies));
		return latencies;
	}

}
