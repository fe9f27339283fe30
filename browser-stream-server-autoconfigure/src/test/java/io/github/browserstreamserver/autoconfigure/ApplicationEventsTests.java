/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.browserstreamserver.event.ServerCreatedEvent;
import io.github.browserstreamserver.event.ServerDestroyedEvent;
import io.github.browserstreamserver.proxy.DestroyReason;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.StreamException;
import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * {@code server.created} and {@code server.destroyed} as an application hears of them.
 */
@Tag("transport")
class ApplicationEventsTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static Listener listener() {
		return server.bean(Listener.class);
	}

	private static ProxyRegistry registry() {
		return server.bean(ProxyRegistry.class);
	}

	@Test
	void tellsOfATabThatListensAndEnds() {
		Instant before = Instant.now();
		try (RawPeer host = server.peer().listen("tab")) {
			host.send(RawFrame.end(1));
			host.next(RawFrame.END, 1);
			await().untilAsserted(() -> assertThat(listener().kinds("tab")).containsExactly("created", "ENDED"));
			ServerCreatedEvent created = (ServerCreatedEvent) listener().events("tab").get(0);
			ServerDestroyedEvent destroyed = (ServerDestroyedEvent) listener().events("tab").get(1);
			assertThat(created.at()).isBetween(before, Instant.now());
			assertThat(destroyed.at()).isBetween(created.at(), Instant.now());
		}
	}

	@Test
	void tellsThatTheHostIsGone() {
		server.peer().listen("gone").leave();
		await().untilAsserted(() -> assertThat(listener().kinds("gone")).containsExactly("created", "HOST_GONE"));
	}

	@Test
	void tellsOfJavaCodeThatListens() {
		registry().listen("java", (stream) -> {
		}).close();
		await().untilAsserted(() -> assertThat(listener().kinds("java")).containsExactly("created", "ENDED"));
	}

	@Test
	void tellsOfANameThatABeanListensOnInItsConstructor() {
		await().untilAsserted(() -> assertThat(listener().kinds("early")).containsExactly("created"));
	}

	@Test
	void tellsNothingOfANameThatIsTaken() {
		try (RawPeer host = server.peer().listen("taken"); RawPeer second = server.peer()) {
			second.send(RawFrame.listen(1, "taken"));
			assertThat(second.next(RawFrame.RESET, 1).number()).isEqualTo(ErrorCode.NAME_TAKEN.number());
			second.roundTrip("done");
			assertThat(listener().kinds("taken")).containsExactly("created");
			assertThat(host.hasReceived(RawFrame.RESET)).isFalse();
		}
	}

	@Test
	void tellsOfAServerBeforeTheFirstStreamReachesIt() {
		CountDownLatch gate = listener().holdUp("held");
		try (RawPeer host = server.peer(); RawPeer client = server.peer()) {
			host.send(RawFrame.listen(1, "held"));
			listener().awaitEntered("held");
			client.send(RawFrame.connect(1, "held"), RawFrame.text(1, "early"));
			client.roundTrip("the client's side is done");
			host.roundTrip("the host's side is done");
			assertThat(registry().find("held")).hasValueSatisfying((info) -> assertThat(info.streams()).isOne());
			assertThat(host.hasReceived(RawFrame.ACCEPT)).isFalse();
			assertThat(host.hasReceived(RawFrame.OPEN)).isFalse();
			gate.countDown();
			host.next(RawFrame.ACCEPT, 1);
			int stream = host.next(RawFrame.OPEN).stream();
			assertThat(host.next(RawFrame.DATA, stream).text()).isEqualTo("early");
		}
		finally {
			gate.countDown();
		}
	}

	@Test
	void holdsNoOtherNameUpWhileAListenerIsSlowWithOne() throws Exception {
		CountDownLatch gate = listener().holdUp("slow");
		try (RawPeer host = server.peer(); RawPeer client = server.peer()) {
			host.send(RawFrame.listen(1, "slow"));
			listener().awaitEntered("slow");
			host.send(RawFrame.listen(3, "quick"));
			host.next(RawFrame.ACCEPT, 3);
			client.send(RawFrame.connect(1, "quick"), RawFrame.text(1, "hello"));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream));
			assertThat(host.next(RawFrame.DATA, stream).text()).isEqualTo("hello");
			registry().listen("quick java", (other) -> other.send("hello")).closed();
			try (DuplexStream java = registry().connect("quick java")) {
				assertThat(java.receive(Duration.ofSeconds(20)).orElseThrow().text()).isEqualTo("hello");
			}
			host.send(RawFrame.end(3));
			await().untilAsserted(() -> assertThat(listener().kinds("quick")).containsExactly("created", "ENDED"));
			assertThat(listener().kinds("slow")).isEmpty();
		}
		finally {
			gate.countDown();
		}
	}

	@Test
	void freesANameThoughAListenerIsSlowWithIt() {
		CountDownLatch gate = listener().holdUp("slow and gone");
		try (RawPeer next = server.peer()) {
			RawPeer host = server.peer();
			host.send(RawFrame.listen(1, "slow and gone"));
			listener().awaitEntered("slow and gone");
			host.leave();
			await().until(() -> registry().find("slow and gone").isEmpty());
			next.send(RawFrame.listen(1, "slow and gone"));
			await().until(() -> registry().find("slow and gone").isPresent());
			gate.countDown();
			next.next(RawFrame.ACCEPT, 1);
			assertThat(listener().kinds("slow and gone")).containsExactly("created", "HOST_GONE", "created");
		}
		finally {
			gate.countDown();
		}
	}

	@Test
	void goesOnWhenAListenerThrows() {
		listener().failFor("failing");
		try (RawPeer host = server.peer().listen("failing"); RawPeer client = server.peer()) {
			client.send(RawFrame.connect(1, "failing"));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream), RawFrame.end(1));
			client.next(RawFrame.ACCEPT, 1);
			await().untilAsserted(() -> assertThat(listener().kinds("failing")).containsExactly("created", "ENDED"));
		}
	}

	@Test
	void tellsExactlyOnceAndInOrderWhileSeveralThreadsTakeANameAndFreeIt() {
		AtomicInteger taken = new AtomicInteger();
		List<CompletableFuture<Void>> threads = new ArrayList<>();
		for (int thread = 0; thread < 3; thread++) {
			threads.add(CompletableFuture.runAsync(() -> takeAndFree("hot", 200, taken)));
			threads.add(CompletableFuture.runAsync(() -> takeAndFreeFromATab("hot", 50, taken)));
		}
		CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).join();
		await().untilAsserted(() -> assertThat(listener().kinds("hot")).hasSize(2 * taken.get()));
		assertThat(taken.get()).isPositive();
		List<String> kinds = listener().kinds("hot");
		assertThat(IntStream.range(0, kinds.size()))
			.allSatisfy((index) -> assertThat(kinds.get(index)).isEqualTo((index % 2 == 0) ? "created" : "ENDED"));
	}

	private static void takeAndFree(String name, int times, AtomicInteger taken) {
		for (int time = 0; time < times; time++) {
			try {
				registry().listen(name, (stream) -> {
				}).close();
				taken.incrementAndGet();
			}
			catch (StreamException ex) {
				assertThat(ex.code()).isEqualTo(ErrorCode.NAME_TAKEN);
			}
		}
	}

	private static void takeAndFreeFromATab(String name, int times, AtomicInteger taken) {
		try (RawPeer peer = server.peer()) {
			for (int time = 0; time < times; time++) {
				int id = 2 * time + 1;
				peer.send(RawFrame.listen(id, name), RawFrame.end(id));
				// RESET when it was taken, END when it was free
				if (peer.next(RawFrame.END, RawFrame.RESET, id).type() == RawFrame.END) {
					taken.incrementAndGet();
				}
			}
		}
	}

	@Test
	void tellsOfAllNamesThatEndWithTheApplicationBeforeItsBeansAreDestroyed() {
		TestServer stopping = TestServer.start(Application.class);
		try (stopping) {
			Listener listener = stopping.bean(Listener.class);
			listener.openGatesWhenTheApplicationIsClosing();
			for (int index = 0; index < 10; index++) {
				String name = "last " + index;
				listener.holdUp(name);
				stopping.bean(ProxyRegistry.class).listen(name, (stream) -> {
				});
				listener.awaitEntered(name);
			}
			stopping.close();
			for (int index = 0; index < 10; index++) {
				assertThat(listener.kinds("last " + index)).containsExactly("created", DestroyReason.SHUTDOWN.name());
			}
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ EarlyHost.class, Listener.class })
	static class Application {

	}

	/**
	 * Listens before any event listener is there.
	 */
	static class EarlyHost {

		EarlyHost(ProxyRegistry registry) {
			registry.listen("early", (stream) -> {
			});
		}

	}

	/**
	 * Depends on the registry, as listeners of real applications do: so it is destroyed
	 * before that is.
	 */
	static class Listener {

		private final ProxyRegistry registry;

		private final Map<String, Queue<Object>> events = new ConcurrentHashMap<>();

		private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

		private final Map<String, CountDownLatch> entered = new ConcurrentHashMap<>();

		private final Map<String, Boolean> failing = new ConcurrentHashMap<>();

		private final Queue<CountDownLatch> held = new ConcurrentLinkedQueue<>();

		private volatile boolean openOnClose;

		Listener(ProxyRegistry registry) {
			this.registry = registry;
		}

		@EventListener
		void created(ServerCreatedEvent event) throws InterruptedException {
			assertThat(this.registry.names()).isNotNull();
			CountDownLatch gate = this.gates.remove(event.name());
			if (gate != null) {
				this.entered.get(event.name()).countDown();
				assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
			}
			record(event.name(), event);
		}

		@EventListener
		void destroyed(ServerDestroyedEvent event) {
			record(event.name(), event);
		}

		@EventListener
		void closing(ContextClosedEvent event) {
			if (this.openOnClose) {
				// a moment later, when whatever does not wait has gone on
				CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS)
					.execute(() -> this.held.forEach(CountDownLatch::countDown));
			}
		}

		private void record(String name, Object event) {
			this.events.computeIfAbsent(name, (key) -> new ConcurrentLinkedQueue<>()).add(event);
			if (this.failing.containsKey(name)) {
				throw new IllegalStateException("a listener that fails on purpose");
			}
		}

		CountDownLatch holdUp(String name) {
			CountDownLatch gate = new CountDownLatch(1);
			this.entered.put(name, new CountDownLatch(1));
			this.gates.put(name, gate);
			this.held.add(gate);
			return gate;
		}

		void awaitEntered(String name) {
			await().until(() -> this.entered.get(name).getCount() == 0);
		}

		void openGatesWhenTheApplicationIsClosing() {
			this.openOnClose = true;
		}

		void failFor(String name) {
			this.failing.put(name, true);
		}

		List<Object> events(String name) {
			return List.copyOf(this.events.getOrDefault(name, new ConcurrentLinkedQueue<>()));
		}

		List<String> kinds(String name) {
			return events(name).stream()
				.map((event) -> (event instanceof ServerDestroyedEvent destroyed) ? destroyed.reason().name()
						: "created")
				.toList();
		}

	}

}
