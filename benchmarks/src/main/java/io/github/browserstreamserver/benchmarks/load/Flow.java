/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;

/**
 * Messages in one direction, as fast as they go.
 */
final class Flow implements Measure {

	private static final double MEGA = 1e6;

	private final int size;

	private Flow(int size) {
		this.size = size;
	}

	/**
	 * Returns the flow of large messages.
	 * @return the measure
	 */
	static Flow bulk() {
		return new Flow(64 * 1024);
	}

	/**
	 * Returns the flow of small messages.
	 * @return the measure
	 */
	static Flow small() {
		return new Flow(1024);
	}

	@Override
	public void run(Bench bench) throws IOException {
		Receiver receiver = new Receiver(this.size);
		Adapter.Host host = bench.adapter.host("flow", 1, () -> receiver);
		bench.loop.await("the host's name", host::isReady);
		bench.adapter.client().open("flow", new Sender(this.size));
		bench.warmUp(receiver::count);
		Bench.Interval interval = bench.measure(receiver::count);
		bench.result("cpu-us-per-message", interval.relayMicrosPerUnit());
		bench.result("cpu-s-per-gb", interval.relayMicrosPerUnit() / this.size * 1e3);
		bench.result("messages-per-s", interval.perSecond());
		bench.result("mb-per-s", interval.perSecond() * this.size / MEGA);
	}

}
