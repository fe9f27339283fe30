/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.browserstreamserver.event.ServerCreatedEvent;
import io.github.browserstreamserver.event.ServerDestroyedEvent;
import io.github.browserstreamserver.proxy.DestroyReason;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.testing.FaultyLine;
import io.github.browserstreamserver.testing.FaultyLine.Way;
import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.Switchboard;
import io.github.browserstreamserver.testing.Talker;
import io.github.browserstreamserver.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A line that carries nothing any more, though nobody closed it: a cable was pulled, a
 * laptop fell asleep. The application notices by itself, in the time that is configured.
 */
@Tag("transport")
@ExtendWith(OutputCaptureExtension.class)
class PulledLineTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/** Connections are looked at once a second. */
	private static final Duration LOOK = Duration.ofSeconds(1);

	private static final Duration TAKEOVER = Duration.ofMillis(100);

	private static TestServer server;

	private static Switchboard board;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class, "browser-stream-server.liveness-timeout=" + TIMEOUT);
		board = Switchboard.to(server);
	}

	@AfterAll
	static void stop() {
		board.close();
		server.close();
	}

	@AfterEach
	void nothingStaysBehind(CapturedOutput output) {
		await().untilAsserted(() -> assertThat(server.bean(StreamConnections.class).count()).isZero());
		assertThat(server.bean(ProxyRegistry.class).names()).isEmpty();
		assertThat(server.bean(Budget.class).reserved()).isZero();
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread");
	}

	private static Recorder recorder() {
		return server.bean(Recorder.class);
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	@Test
	void serverIsDestroyedInTimeWhenTheLineOfItsHostIsPulled() {
		try (FaultyLine line = board.line();
				RawPeer host = RawPeer.connect(line.over(server.endpoint())).hello().listen("pulled");
				Talker client = Talker.client(server.endpoint(), "pulled", new byte[0], new Random(1))) {
			host.send(RawFrame.accept(host.next(RawFrame.OPEN).stream()));
			client.ready().join();
			host.roundTrip("the last sign of life");
			line.stall();
			long pulled = System.nanoTime();
			assertThat(recorder().next("pulled")).isInstanceOf(ServerCreatedEvent.class);
			assertThat(recorder().next("pulled")).isInstanceOfSatisfying(ServerDestroyedEvent.class,
					(event) -> assertThat(event.reason()).isEqualTo(DestroyReason.HOST_GONE));
			// a look before the time is over, so that it happens within
			assertThat(since(pulled)).isBetween(TIMEOUT.minus(LOOK).minus(LOOK), TIMEOUT.plus(LOOK));
			assertThat(client.over().join().code()).isEqualTo(ErrorCode.HOST_GONE.number());
			client.leave();
		}
	}

	@Test
	void ownerHasItsNameBackAtOnceThoughItsPulledLineSeemsToBeAlive() {
		comesBackWith("mine", (before) -> {
			byte[] key = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
			listen(before, "mine", key);
			return key;
		});
	}

	@Test
	void ownerHasItsNameBackWithTheTokenThatTheRelayGaveIt() {
		comesBackWith("given", (before) -> {
			before.send(RawFrame.listen(1, "given", new byte[0]));
			byte[] token = before.next(RawFrame.TOKEN, 1).payload();
			before.next(RawFrame.ACCEPT, 1);
			return token;
		});
	}

	private void comesBackWith(String name, Function<RawPeer, byte[]> listening) {
		try (FaultyLine pulled = board.line(); FaultyLine again = board.line()) {
			RawPeer before = RawPeer.connect(pulled.over(server.endpoint())).hello();
			byte[] key = listening.apply(before);
			pulled.stall();
			try (before;
					RawPeer host = RawPeer.connect(again.over(server.endpoint())).hello();
					RawPeer client = server.peer()) {
				assertThat(listen(host, name, key)).isLessThan(TAKEOVER);
				client.send(RawFrame.connect(1, name));
				int stream = host.next(RawFrame.OPEN).stream();
				host.send(RawFrame.accept(stream));
				client.next(RawFrame.ACCEPT, 1);
				// who answers pings stays; the old connection does not
				StreamConnections connections = server.bean(StreamConnections.class);
				ScheduledExecutorService heart = beat(host, client);
				try {
					// a container waits up to five seconds for the answer to its close
					await().atMost(TIMEOUT.plus(LOOK.multipliedBy(7))).until(() -> connections.count() == 2);
					client.send(RawFrame.text(1, "still there?"));
					assertThat(host.next(RawFrame.DATA, stream).text()).isEqualTo("still there?");
					assertThat(host.hasReceived(RawFrame.RESET)).isFalse();
				}
				finally {
					heart.shutdownNow();
				}
				assertThat(recorder().kinds(name)).containsExactly("created", "REPLACED", "created");
				host.leave();
				client.leave();
			}
		}
	}

	/**
	 * Listens with stream 1.
	 * @return how long the answer took
	 */
	private static Duration listen(RawPeer host, String name, byte[] key) {
		host.roundTrip("all is set up");
		long start = System.nanoTime();
		host.send(RawFrame.listen(1, name, key));
		host.next(RawFrame.ACCEPT, 1);
		return since(start);
	}

	/** Gives signs of life, which {@link RawPeer} does not by itself. */
	private static ScheduledExecutorService beat(RawPeer... peers) {
		ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
		heart.scheduleAtFixedRate(() -> Arrays.stream(peers).forEach((peer) -> peer.send(RawFrame.ping("here"))), 0,
				500, TimeUnit.MILLISECONDS);
		return heart;
	}

	@Test
	void idlePeerThatAnswersStaysLongerThanTheTimeout() {
		try (Talker idle = Talker.host(server.endpoint(), "idle", new byte[0], new Random(1))) {
			idle.ready().join();
			long start = System.nanoTime();
			// it is asked about twice in the time that it has, and at most once a second
			for (int pings = 1; since(start).compareTo(TIMEOUT.plus(LOOK.multipliedBy(2))) < 0; pings++) {
				idle.awaitPings(pings);
				assertThat(idle.over()).isNotDone();
			}
			assertThat(server.bean(ProxyRegistry.class).names()).contains("idle");
			idle.leave();
		}
	}

	@Test
	void peerThatSendsButTakesNothingIsCutOff() {
		byte[] flood = new byte[30_000_000];
		try (FaultyLine line = board.line();
				Talker host = Talker.host(server.endpoint(), "deaf", flood, new Random(1));
				RawPeer deaf = RawPeer.connect(line.over(server.endpoint())).hello()) {
			host.ready().join();
			line.stall(Way.DOWN);
			long stalled = System.nanoTime();
			deaf.send(RawFrame.connect(1, "deaf"), RawFrame.credit(1, 2 * flood.length));
			ScheduledExecutorService heart = beat(deaf);
			try {
				assertThat(host.over().join().code()).isEqualTo(ErrorCode.CLIENT_GONE.number());
				// the time begins when the buffers between are full
				assertThat(since(stalled)).isBetween(TIMEOUT.minus(LOOK).minus(LOOK), TIMEOUT.multipliedBy(2));
				StreamConnections connections = server.bean(StreamConnections.class);
				await().until(() -> connections.count() == 1);
			}
			finally {
				heart.shutdownNow();
			}
			host.leave();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Recorder.class)
	static class Application {

	}

	static class Recorder {

		private final Map<String, BlockingQueue<Object>> events = new ConcurrentHashMap<>();

		@EventListener
		void created(ServerCreatedEvent event) {
			of(event.name()).add(event);
		}

		@EventListener
		void destroyed(ServerDestroyedEvent event) {
			of(event.name()).add(event);
		}

		private BlockingQueue<Object> of(String name) {
			return this.events.computeIfAbsent(name, (key) -> new LinkedBlockingQueue<>());
		}

		Object next(String name) {
			try {
				return of(name).poll(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		List<String> kinds(String name) {
			return of(name).stream()
				.map((event) -> (event instanceof ServerDestroyedEvent destroyed) ? destroyed.reason().name()
						: "created")
				.toList();
		}

	}

}
