/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.transport.BatchBuffers;
import io.github.browserstreamserver.transport.BatchSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A batch that is filled with what controls a hundred streams.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OutboxBenchmark {

	private static final int STREAMS = 100;

	private static final int HEADROOM = 10;

	private final BatchBuffers buffers = new BatchBuffers();

	private final Outbox outbox = new Outbox(this.buffers, new Allowance(new Budget(1 << 20)), HEADROOM);

	private final List<BatchSource.Sender> senders = new ArrayList<>();

	/**
	 * Fills the batch.
	 * @return how long it is
	 */
	@Benchmark
	public int fillsControl() {
		for (int stream = 1; stream <= STREAMS; stream++) {
			this.outbox.control().accept(stream);
		}
		ByteBuffer batch = Objects.requireNonNull(this.outbox.fill(this.senders));
		int length = batch.remaining();
		this.buffers.give(batch);
		return length;
	}

}
