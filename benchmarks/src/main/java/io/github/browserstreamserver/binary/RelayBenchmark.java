/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.proxy.DestroyReason;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.proxy.ServerListener;
import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Trampoline;
import io.github.browserstreamserver.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One frame of data from a client to its host through the whole dialect, and the credit
 * for it back: all that the relay does beside the sockets and the masks.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RelayBenchmark {

	private static final byte[] NAME = "bench".getBytes(StandardCharsets.UTF_8);

	private static final int LISTEN = 1;

	private static final int CONNECT = 2;

	/** The first stream that the relay opens to a host. */
	private static final int RELAYED = 2;

	/** A whole message of bytes in one frame. */
	private static final int WHOLE = Wire.FLAG_FIRST | Wire.FLAG_LAST;

	/** Bytes of payload. */
	@Param({ "32", "1024", "8192" })
	public int size;

	private final Taker host = new Taker();

	private final Taker client = new Taker();

	private final Runnable readClient = () -> this.client.connection().received(this.data.rewind(), true);

	private final Runnable readHost = () -> this.host.connection().received(this.credit.rewind(), true);

	private ByteBuffer data = ByteBuffer.allocate(0);

	private ByteBuffer credit = ByteBuffer.allocate(0);

	/**
	 * Joins a client with its host.
	 */
	@Setup
	public void join() {
		Budget budget = new Budget(1 << 26);
		ProxyRegistry registry = new ProxyRegistry(new Deaf(), Runnable::run, budget, 1 << 20, Runnable::run,
				Runnable::run, Clock.systemUTC());
		BinaryDialect dialect = new BinaryDialect(BinaryLimits.DEFAULTS, budget, registry.acceptor(), System::nanoTime);
		Connection toHost = this.host.connect(dialect);
		Connection toClient = this.client.connect(dialect);
		toHost.received(frame(Wire.OPEN, 0, 1, open(LISTEN)), true);
		toClient.received(frame(Wire.OPEN, 0, 1, open(CONNECT)), true);
		toHost.received(frame(Wire.ACCEPT, 0, RELAYED, new byte[0]), true);
		this.data = frame(Wire.DATA, WHOLE, 1, new byte[this.size]);
		ByteBuffer bytes = ByteBuffer.allocate(Wire.MAX_VARINT);
		Varint.write(bytes, this.size + Wire.FRAME_COST);
		byte[] payload = new byte[bytes.position()];
		bytes.flip().get(payload);
		this.credit = frame(Wire.CREDIT, 0, RELAYED, payload);
		long before = this.host.taken;
		relaysAFrame();
		if (this.host.taken < before + this.size) {
			throw new IllegalStateException("nothing is relayed");
		}
	}

	/**
	 * Relays a frame.
	 * @return how many bytes the host has got so far
	 */
	@Benchmark
	public long relaysAFrame() {
		// each read of a socket is an action, as in the transport
		Trampoline.enter(this.readClient);
		Trampoline.enter(this.readHost);
		return this.host.taken;
	}

	private static byte[] open(int kind) {
		return ByteBuffer.allocate(NAME.length + 3)
			.put((byte) kind)
			.put((byte) NAME.length)
			.put(NAME)
			.put((byte) 0)
			.array();
	}

	private static ByteBuffer frame(int type, int flags, int stream, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocateDirect(Wire.MAX_HEAD + payload.length);
		FrameWriter.head(frame, type, flags, stream, payload.length);
		return frame.put(payload).flip();
	}

	/**
	 * A peer that takes all it is sent, and does not look at it.
	 */
	private static final class Taker implements Transport {

		private @Nullable Connection connection;

		private long taken;

		Connection connect(BinaryDialect dialect) {
			Connection made = dialect.connect(this, "a benchmark");
			made.admitted();
			made.received(ByteBuffer.wrap(new byte[] { 1, 0, 0, 0 }), true);
			this.connection = made;
			return made;
		}

		Connection connection() {
			return Objects.requireNonNull(this.connection);
		}

		@Override
		public void write(ByteBuffer message, Completion completion) {
			this.taken += message.remaining();
			completion.completed(true);
		}

		@Override
		public void close(int code, String reason) {
			throw new IllegalStateException("the relay closed with " + code + " " + reason);
		}

	}

	/**
	 * Listens to no event.
	 */
	private static final class Deaf implements ServerListener {

		@Override
		public void created(String name, Instant at) {
		}

		@Override
		public void destroyed(String name, Instant at, DestroyReason reason) {
		}

	}

}
