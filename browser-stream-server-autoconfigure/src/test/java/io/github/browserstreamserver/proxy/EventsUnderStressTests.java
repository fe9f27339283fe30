/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.stream.StreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that many threads take and free at once, and what listeners hear of it: each
 * server's beginning and end once and in order, whatever other names have to wait for.
 */
@ExtendWith(OutputCaptureExtension.class)
class EventsUnderStressTests {

	private static final int TIMES = 10_000;

	private static final int TAKERS = 8;

	private final ExecutorService announcers = Executors.newFixedThreadPool(4);

	private final ExecutorService takers = Executors.newFixedThreadPool(TAKERS);

	private final Budget budget = new Budget(67_108_864);

	private final Recorder recorder = new Recorder();

	private final ProxyRegistry registry = new ProxyRegistry(this.recorder, this.announcers, this.budget, 1_000,
			Runnable::run, Runnable::run, Clock.systemUTC());

	@AfterEach
	void stop() throws InterruptedException {
		this.recorder.open.countDown();
		this.takers.shutdownNow();
		this.announcers.shutdown();
		assertThat(this.announcers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		assertThat(this.registry.names()).isEmpty();
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void tellsOnceAndInOrderThoughEightThreadsTakeAndFreeTheSameName() {
		AtomicInteger taken = new AtomicInteger();
		AtomicInteger served = new AtomicInteger();
		Queue<String> faults = new ConcurrentLinkedQueue<>();
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (int taker = 0; taker < TAKERS; taker++) {
			all.add(CompletableFuture.runAsync(() -> {
				while (taken.get() < TIMES) {
					take("hot", taken, served, faults);
				}
			}, this.takers));
		}
		CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).orTimeout(60, TimeUnit.SECONDS).join();
		List<String> events = this.recorder.await("hot", 2 * taken.get());
		assertThat(faults).isEmpty();
		assertThat(served.get()).isPositive();
		assertThat(taken.get()).isBetween(TIMES, TIMES + TAKERS);
		assertThat(IntStream.range(0, events.size()))
			.allMatch((index) -> events.get(index).equals((index % 2 == 0) ? "created" : "ENDED"));
	}

	/**
	 * Takes a name if it is free, serves a client there, and gives it up.
	 */
	private void take(String name, AtomicInteger taken, AtomicInteger served, Queue<String> faults) {
		AtomicInteger number = new AtomicInteger(Integer.MAX_VALUE);
		ListeningServer server;
		try {
			server = this.registry.listen(name, (stream) -> {
				served.incrementAndGet();
				int created = this.recorder.created(name);
				if (created < number.get()) {
					faults.add("a stream reached host " + number + " of " + name + ", but " + created + " are told of");
				}
				stream.write("served");
				stream.close();
			});
		}
		catch (StreamException ex) {
			assertThat(ex.code()).isIn(ErrorCode.NAME_TAKEN, ErrorCode.LIMIT);
			Thread.yield();
			return;
		}
		// nobody else has the name now, so the numbers are those of the events
		number.set(taken.incrementAndGet());
		DuplexStream client = this.registry.connect(name);
		// most are gone before their host is told of
		if (number.get() % 16 == 0) {
			client.read().orTimeout(20, TimeUnit.SECONDS).handle((message, failure) -> {
				if (failure != null || !message.equals(Optional.of(Message.text("served")))) {
					faults.add("the client of " + number + " was not served: " + message + " " + failure);
				}
				return null;
			}).join();
		}
		server.close();
		client.reset(ErrorCode.CANCELLED, "done");
	}

	@Test
	void listenerThatIsSlowWithOneNameDelaysNoOtherNamesEventsUnderLoad() {
		this.recorder.holdUp("slow");
		ListeningServer slow = this.registry.listen("slow", (stream) -> {
		});
		slow.close();
		Queue<String> faults = new ConcurrentLinkedQueue<>();
		for (int name = 0; name < 10; name++) {
			AtomicInteger taken = new AtomicInteger();
			while (taken.get() < TIMES / 100) {
				take("quick " + name, taken, new AtomicInteger(), faults);
			}
		}
		assertThat(faults).isEmpty();
		for (int name = 0; name < 10; name++) {
			assertThat(this.recorder.await("quick " + name, 2 * TIMES / 100)).hasSize(2 * TIMES / 100);
		}
		assertThat(this.recorder.of("slow")).isEmpty();
		this.recorder.open.countDown();
		assertThat(this.recorder.await("slow", 2)).containsExactly("created", "ENDED");
	}

	@Test
	void listenerThatFailsIsWarnedOfOnceAndHoldsNobodyUp(CapturedOutput output) {
		this.recorder.failFor("failing");
		for (int time = 0; time < 100; time++) {
			ListeningServer server = this.registry.listen("failing", (stream) -> stream.write("served"));
			assertThat(this.registry.connect("failing").read().orTimeout(20, TimeUnit.SECONDS).join())
				.contains(Message.text("served"));
			server.close();
		}
		assertThat(this.recorder.await("failing", 200)).hasSize(200);
		assertThat(output.getAll()).containsOnlyOnce("Further failures of this kind");
	}

	private static final class Recorder implements ServerListener {

		private final Map<String, List<String>> events = new ConcurrentHashMap<>();

		private final Map<String, AtomicInteger> created = new ConcurrentHashMap<>();

		private final CountDownLatch open = new CountDownLatch(1);

		private volatile String heldUp = "";

		private volatile String failing = "";

		@Override
		public void created(String name, Instant at) {
			if (name.equals(this.heldUp)) {
				try {
					assertThat(this.open.await(60, TimeUnit.SECONDS)).isTrue();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
			this.created.computeIfAbsent(name, (key) -> new AtomicInteger()).incrementAndGet();
			add(name, "created");
		}

		@Override
		public void destroyed(String name, Instant at, DestroyReason reason) {
			add(name, reason.name());
		}

		private synchronized void add(String name, String event) {
			this.events.computeIfAbsent(name, (key) -> new ArrayList<>()).add(event);
			notifyAll();
			if (name.equals(this.failing)) {
				throw new IllegalStateException("a listener that fails on purpose");
			}
		}

		void holdUp(String name) {
			this.heldUp = name;
		}

		void failFor(String name) {
			this.failing = name;
		}

		int created(String name) {
			AtomicInteger count = this.created.get(name);
			return (count != null) ? count.get() : 0;
		}

		synchronized List<String> of(String name) {
			return List.copyOf(this.events.getOrDefault(name, List.of()));
		}

		synchronized List<String> await(String name, int count) {
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
			while (of(name).size() < count) {
				long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				if (left <= 0) {
					throw new AssertionError("Only these events came of " + name + ": " + of(name));
				}
				try {
					wait(left);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
			return of(name);
		}

	}

}
