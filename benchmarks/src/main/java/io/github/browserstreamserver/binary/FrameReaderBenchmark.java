/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A WebSocket message of some 64 KiB full of DATA, cut into its frames.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameReaderBenchmark {

	private static final int MESSAGE = 65_536;

	/** Bytes of payload in each frame. */
	@Param({ "16384", "1024", "32" })
	public int payload;

	private final Counter counter = new Counter();

	private final FrameReader reader = new FrameReader(this.counter);

	private ByteBuffer message = ByteBuffer.allocate(0);

	/**
	 * Reads the frames.
	 * @return how many bytes of payload were in them
	 * @throws ProtocolException never
	 */
	@Benchmark
	public long readsData() throws ProtocolException {
		if (this.message.capacity() == 0) {
			this.message = message();
		}
		this.reader.receive(this.message.clear(), true);
		return this.counter.bytes;
	}

	private ByteBuffer message() {
		int frames = MESSAGE / this.payload;
		ByteBuffer bytes = ByteBuffer.allocateDirect(frames * (Wire.MAX_HEAD + this.payload));
		for (int i = 0; i < frames; i++) {
			FrameWriter.head(bytes, Wire.DATA, Wire.FLAG_FIRST | Wire.FLAG_LAST, 1, this.payload);
			bytes.put(new byte[this.payload]);
		}
		return bytes.flip().slice();
	}

	private static final class Counter implements FrameHandler {

		private long bytes;

		@Override
		public void data(int stream, @Nullable MessageKind kind, boolean first, boolean last, ByteBuffer part,
				int charge) {
			this.bytes += part.remaining();
		}

		@Override
		public void hello(Settings settings) {
		}

		@Override
		public void ping(boolean answer, ByteBuffer payload) {
		}

		@Override
		public void open(int stream, OpenPayload open) {
		}

		@Override
		public void accept(int stream) {
		}

		@Override
		public void credit(int stream, int bytes) {
		}

		@Override
		public void end(int stream) {
		}

		@Override
		public void reset(int stream, ErrorCode code, String reason) {
		}

		@Override
		public void skipped() {
		}

	}

}
