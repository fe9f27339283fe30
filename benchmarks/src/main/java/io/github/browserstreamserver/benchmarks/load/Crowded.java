/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;

/**
 * Flows of large and of small messages, first alone, then beside thousands of idle hosts.
 */
final class Crowded implements Measure {

	@Override
	public void run(Bench bench) throws IOException {
		int size = Crowd.allowed(bench.options.crowd(), bench.adapter.socketsOfHost());
		Load bulk = new Load(bench, "bulk", 64 * 1024);
		Load small = new Load(bench, "small", 1024);
		bulk.take("alone");
		small.take("alone");
		new Crowd(bench).grow(size);
		bulk.take("beside");
		small.take("beside");
		bench.result("connections", size);
	}

	private static final class Load {

		private final Bench bench;

		private final String name;

		private final Sender sender;

		private final Receiver receiver;

		private boolean open;

		private Load(Bench bench, String name, int size) {
			this.bench = bench;
			this.name = name;
			this.sender = new Sender(size);
			this.receiver = new Receiver(size);
		}

		private void take(String when) throws IOException {
			if (this.open) {
				this.sender.resume(Integer.MAX_VALUE);
			}
			else {
				open();
			}
			this.bench.warmUp(this.receiver::count);
			Bench.Interval interval = this.bench.measure(this.receiver::count);
			this.bench.result(this.name + "-" + when + "-cpu-us-per-message", interval.relayMicrosPerUnit());
			this.sender.stop();
		}

		private void open() throws IOException {
			this.open = true;
			Adapter.Host host = this.bench.adapter.host(this.name, 1, () -> this.receiver);
			this.bench.loop.await("the host's name", host::isReady);
			this.bench.adapter.client().open(this.name, this.sender);
		}

	}

}
