/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Transport;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A well-behaved peer with a thread of its own: as a host it echoes, as a client it sends
 * numbered bytes, checks what comes back, and ends, resets or goes when its dice say so.
 * All its state belongs to its thread.
 */
final class BusyPeer implements Transport, FrameHandler {

	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	private final FrameReader reader = new FrameReader(this);

	private final Map<Integer, Talk> talks = new HashMap<>();

	private final Random random;

	private final CountDownLatch finished;

	private final AtomicInteger errors;

	private Connection connection;

	private boolean gone;

	private volatile boolean stopping;

	private int nextId = 1;

	/** One stream: what is to be sent, and how far what came back is right. */
	private static final class Talk {

		final ArrayDeque<byte[]> out = new ArrayDeque<>();

		boolean echoes;

		boolean ends;

		boolean ended;

		int credit = Wire.INITIAL_CREDIT;

		int toSend;

		int sent;

		int checked;

	}

	BusyPeer(BinaryDialect dialect, String name, long seed, CountDownLatch finished, AtomicInteger errors) {
		this.random = new Random(seed);
		this.finished = finished;
		this.errors = errors;
		run(() -> {
			this.connection = dialect.connect(this, name);
			this.connection.admitted();
			frame(Wire.HELLO, 0, 0, new byte[0]);
		});
	}

	private void run(Runnable task) {
		if (this.stopping) {
			return;
		}
		this.thread.execute(() -> {
			try {
				task.run();
			}
			catch (RuntimeException | Error ex) {
				ex.printStackTrace();
				this.errors.incrementAndGet();
			}
		});
	}

	void listen(String name) {
		run(() -> open(1, name));
	}

	void connect(String name, int bytes) {
		run(() -> {
			if (this.gone) {
				this.finished.countDown();
				return;
			}
			int id = open(2, name);
			Talk talk = new Talk();
			talk.toSend = bytes;
			this.talks.put(id, talk);
			pump(id, talk);
		});
	}

	void disconnect() {
		run(() -> {
			this.gone = true;
			this.connection.closed("the dice said so");
		});
	}

	/**
	 * Ends its thread behind what it has to do; what comes later is not done.
	 * @throws InterruptedException if the thread is interrupted
	 */
	void stop() throws InterruptedException {
		CountDownLatch idle = new CountDownLatch(1);
		this.thread.execute(() -> {
			this.stopping = true;
			idle.countDown();
		});
		assertThat(idle.await(30, TimeUnit.SECONDS)).isTrue();
		this.thread.shutdownNow();
		assertThat(this.thread.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
	}

	private int open(int kind, String name) {
		int id = this.nextId;
		this.nextId += 2;
		byte[] target = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
		ByteBuffer payload = ByteBuffer.allocate(target.length + 3);
		payload.put((byte) kind).put((byte) target.length).put(target).put((byte) 0);
		frame(Wire.OPEN, 0, id, payload.array());
		return id;
	}

	private void pump(int id, Talk talk) {
		while (!talk.ended && talk.credit > 1_100) {
			byte[] payload = talk.echoes ? talk.out.poll() : nextBytes(talk);
			if (payload == null) {
				break;
			}
			talk.credit -= payload.length + Wire.FRAME_COST;
			frame(Wire.DATA, 0x03, id, payload);
		}
		boolean done = talk.echoes ? talk.ends && talk.out.isEmpty() : talk.sent == talk.toSend;
		if (done && !talk.ended) {
			talk.ended = true;
			frame(Wire.END, 0, id, new byte[0]);
		}
	}

	private byte @Nullable [] nextBytes(Talk talk) {
		int length = Math.min(1 + this.random.nextInt(1_000), talk.toSend - talk.sent);
		if (length == 0) {
			return null;
		}
		byte[] bytes = new byte[length];
		for (int index = 0; index < length; index++) {
			bytes[index] = (byte) (talk.sent++ * 31 >> 3);
		}
		return bytes;
	}

	private void frame(int type, int flags, int id, byte[] payload) {
		if (this.gone) {
			return;
		}
		ByteBuffer frame = ByteBuffer.allocate(Wire.MAX_HEAD + payload.length);
		FrameWriter.head(frame, type, flags, id, payload.length);
		frame.put(payload).flip();
		int cut = this.random.nextInt(frame.remaining() + 1);
		this.connection.received(frame.slice(0, cut), false);
		this.connection.received(frame.slice(cut, frame.remaining() - cut), true);
	}

	// --- what the relay sends

	@Override
	public void write(ByteBuffer message, Completion completion) {
		run(() -> {
			try {
				if (!this.gone) {
					this.reader.receive(message.duplicate(), true);
				}
			}
			catch (ProtocolException ex) {
				throw new AssertionError(ex.reason(), ex);
			}
			completion.completed(!this.gone);
		});
	}

	@Override
	public void close(int code, String reason) {
		if (code != ErrorCode.SHUTDOWN.closeCode()) {
			System.err.println("The relay closed a well-behaved peer: " + code + " " + reason);
			this.errors.incrementAndGet();
		}
	}

	@Override
	public void hello(Settings settings) {
	}

	@Override
	public void ping(boolean answer, ByteBuffer payload) {
	}

	@Override
	public void open(int stream, OpenPayload open) {
		Talk talk = new Talk();
		talk.echoes = true;
		this.talks.put(stream, talk);
		frame(Wire.ACCEPT, 0, stream, new byte[0]);
	}

	@Override
	public void accept(int stream) {
	}

	@Override
	public void data(int stream, @Nullable MessageKind kind, boolean first, boolean last, ByteBuffer part, int charge) {
		Talk talk = this.talks.get(stream);
		if (talk == null) {
			return;
		}
		byte[] bytes = new byte[part.remaining()];
		part.get(bytes);
		if (talk.echoes) {
			talk.out.add(bytes);
		}
		else {
			check(talk, bytes);
		}
		ByteBuffer payload = ByteBuffer.allocate(5);
		Varint.write(payload, bytes.length + Wire.FRAME_COST);
		frame(Wire.CREDIT, 0, stream, java.util.Arrays.copyOf(payload.array(), payload.position()));
		int dice = this.random.nextInt(2_000);
		if (dice == 0) {
			finish(stream);
			frame(Wire.RESET, 0, stream, new byte[] { 10 });
		}
		else if (dice == 1) {
			this.gone = true;
			this.connection.closed("the dice said so");
			java.util.List.copyOf(this.talks.keySet()).forEach(this::finish);
		}
		else {
			pump(stream, talk);
		}
	}

	private void check(Talk talk, byte[] bytes) {
		for (byte next : bytes) {
			if (next != (byte) (talk.checked++ * 31 >> 3)) {
				throw new AssertionError("byte " + (talk.checked - 1) + " is wrong");
			}
		}
	}

	@Override
	public void credit(int stream, int bytes) {
		Talk talk = this.talks.get(stream);
		if (talk != null) {
			talk.credit += bytes;
			pump(stream, talk);
		}
	}

	@Override
	public void end(int stream) {
		Talk talk = this.talks.get(stream);
		if (talk == null) {
			return;
		}
		if (talk.echoes) {
			talk.ends = true;
			pump(stream, talk);
		}
		else {
			finish(stream);
			if (talk.checked != talk.toSend) {
				throw new AssertionError("ended after " + talk.checked + " of " + talk.toSend + " bytes");
			}
		}
	}

	@Override
	public void reset(int stream, ErrorCode code, String reason) {
		finish(stream);
	}

	private void finish(int stream) {
		Talk talk = this.talks.remove(stream);
		if (talk != null && !talk.echoes) {
			this.finished.countDown();
		}
	}

	@Override
	public void skipped() {
	}

}
