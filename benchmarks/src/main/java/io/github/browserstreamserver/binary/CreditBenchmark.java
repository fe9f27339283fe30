/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.stream.Budget;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The credit of a frame of 1 KiB from one peer to another.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CreditBenchmark {

	private static final int PAYLOAD = 1024;

	private static final int COST = PAYLOAD + Wire.FRAME_COST;

	private final ReceiveWindow receive = new ReceiveWindow(new Budget(1 << 26), 1 << 20);

	private final SendWindow send = new SendWindow();

	/**
	 * Opens the window.
	 */
	@Setup
	public void open() {
		this.receive.open(0);
	}

	/**
	 * Comes in, goes out, and is given back on either side.
	 * @return what was given back
	 * @throws ProtocolException never
	 */
	@Benchmark
	public int passesOneFrame() throws ProtocolException {
		this.receive.check(COST);
		this.receive.charge(COST);
		this.send.spend(PAYLOAD);
		this.send.add(COST);
		return this.receive.release(COST, 0);
	}

}
