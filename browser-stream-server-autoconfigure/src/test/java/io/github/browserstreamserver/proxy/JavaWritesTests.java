/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is woken by what Java code writes. A write that leaves at once must not cost a
 * change of threads, and code that hangs on one that had to wait must not run in a thread
 * of the proxy.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JavaWritesTests {

	private final Queue<Runnable> callbacks = new ArrayDeque<>();

	private final ProxyRegistry registry = new ProxyRegistry(new ServerListener() {

		@Override
		public void created(String name, Instant at) {
		}

		@Override
		public void destroyed(String name, Instant at, DestroyReason reason) {
		}

	}, Runnable::run, new Budget(1_048_576), 1_048_576, Runnable::run, this.callbacks::add, Clock.systemUTC());

	private DuplexStream hosted;

	private DuplexStream client;

	@BeforeEach
	void connect() {
		this.registry.listen("a", (stream) -> this.hosted = stream);
		this.client = this.registry.connect("a");
		runCallbacks();
	}

	private void runCallbacks() {
		for (Runnable next = this.callbacks.poll(); next != null; next = this.callbacks.poll()) {
			next.run();
		}
	}

	@Test
	void writeThatLeavesAtOnceIsDoneWhenItReturns() {
		assertThat(this.client.write("x")).isCompleted();
		assertThat(this.callbacks).isEmpty();
	}

	@Test
	void sendThatLeavesAtOnceWaitsForNoOtherThread() throws InterruptedException {
		this.client.send("x");
		assertThat(this.callbacks).isEmpty();
		assertThat(this.hosted.receive()).contains(Message.text("x"));
	}

	@Test
	void codeThatHangsOnAWriteRunsWhereCallbacksDo() {
		this.client.write(Message.binary(new byte[65_536]));
		CompletableFuture<Void> waiting = this.client.write(Message.binary(new byte[65_536]));
		assertThat(waiting).isNotDone();
		AtomicBoolean told = new AtomicBoolean();
		waiting.thenRun(() -> told.set(true));
		this.hosted.read();
		assertThat(told).as("before the callbacks ran").isFalse();
		assertThat(this.callbacks).isNotEmpty();
		runCallbacks();
		assertThat(told).as("when they have").isTrue();
	}

	@Test
	void messageOf64KiBIsPassedOnInOnePartAsPagesTakeItBestThatWay() {
		JavaOutbox outbox = new JavaOutbox(new Budget(1_048_576));
		assertThat(outbox.open()).isTrue();
		PendingWrite first = new PendingWrite(Message.binary(new byte[65_536]));
		PendingWrite second = new PendingWrite(Message.binary(new byte[65_536]));
		assertThat(outbox.add(first) && outbox.add(second)).isTrue();
		JavaOutbox.Part part = outbox.next();
		assertThat(part.payload().remaining()).isEqualTo(65_536);
		assertThat(part.write()).isSameAs(first);
		assertThat(outbox.next()).as("a piece of the second").isNull();
		outbox.released(part.cost());
		assertThat(outbox.next().write()).isSameAs(second);
	}

}
