/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a measure works with, and how it takes an interval of a load that runs.
 */
final class Bench {

	private static final double SAME = 0.05;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	final Loop loop;

	final Adapter adapter;

	final RelayProbe relay;

	final LoadOptions options;

	private final Map<String, Double> results = new LinkedHashMap<>();

	Bench(Loop loop, Adapter adapter, RelayProbe relay, LoadOptions options) {
		this.loop = loop;
		this.adapter = adapter;
		this.relay = relay;
		this.options = options;
	}

	void result(String metric, double value) {
		this.results.put(metric, value);
	}

	Map<String, Double> results() {
		return this.results;
	}

	/**
	 * Runs the load until both compilers are done with it: for the time asked for, and
	 * then until the relay's cost in one second is that in the second before, for at most
	 * three times as long.
	 * @param count counts what the load has done
	 * @throws IOException if the load fails
	 */
	void warmUp(LongSupplier count) throws IOException {
		double before = Double.MAX_VALUE;
		for (int second = 0; second < 3 * this.options.warm(); second++) {
			double now = interval(count, SECOND).relayMicrosPerUnit();
			if (second >= this.options.warm() && Math.abs(now - before) < SAME * now) {
				return;
			}
			before = now;
		}
	}

	/**
	 * Runs the load for the time that a measure has.
	 * @param count counts what the load has done
	 * @return what it cost
	 * @throws IOException if the load fails
	 */
	Interval measure(LongSupplier count) throws IOException {
		Interval interval = interval(count, this.options.seconds() * SECOND);
		result("generator-busy", interval.generatorBusy());
		return interval;
	}

	private Interval interval(LongSupplier count, long nanos) throws IOException {
		long begin = System.nanoTime();
		long countBefore = count.getAsLong();
		double relayBefore = this.relay.cpuMicros();
		double ownBefore = RelayProbe.ownCpuMicros();
		this.loop.run(() -> false, nanos);
		double relay = this.relay.cpuMicros() - relayBefore;
		double own = RelayProbe.ownCpuMicros() - ownBefore;
		long done = count.getAsLong() - countBefore;
		if (done == 0) {
			throw new IOException("nothing came in " + TimeUnit.NANOSECONDS.toSeconds(nanos) + " s");
		}
		return new Interval(done, relay, own, (System.nanoTime() - begin) / 1e3);
	}

	/**
	 * What an interval of the load cost.
	 *
	 * @param count what was done
	 * @param relayMicros CPU time of the relay
	 * @param ownMicros CPU time of the generator
	 * @param micros how long it was
	 */
	record Interval(long count, double relayMicros, double ownMicros, double micros) {

		double relayMicrosPerUnit() {
			return this.relayMicros / this.count;
		}

		double perSecond() {
			return this.count / (this.micros / 1e6);
		}

		double generatorBusy() {
			return 100 * this.ownMicros / this.micros;
		}

	}

}
