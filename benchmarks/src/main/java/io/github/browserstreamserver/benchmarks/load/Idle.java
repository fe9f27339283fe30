/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;

/**
 * What a host costs that waits: resident memory and live heap, compared with fewer hosts.
 */
final class Idle implements Measure {

	@Override
	public void run(Bench bench) throws IOException {
		int hosts = Crowd.allowed(bench.options.hosts(), bench.adapter.socketsOfHost());
		Crowd crowd = new Crowd(bench);
		crowd.grow(hosts / 4);
		RelayProbe.Memory before = bench.relay.memory();
		crowd.grow(hosts);
		RelayProbe.Memory after = bench.relay.memory();
		bench.result("kib-per-host", after.since(before) / hosts);
		bench.result("rss-kib-per-host", (after.rss() - before.rss()) / hosts);
		bench.result("heap-kib-per-host", (after.heap() - before.heap()) / hosts);
		bench.result("hosts", hosts);
	}

}
