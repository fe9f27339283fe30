/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A page whose code stands still in a browser that goes on: {@link RawPeer} answers no
 * PING, and the JDK's client below it answers pings of WebSocket.
 */
@Tag("transport")
@ExtendWith(OutputCaptureExtension.class)
class HaltedPageTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final Duration GRACE = Duration.ofSeconds(1);

	/** Connections are looked at once a second. */
	private static final Duration LOOK = Duration.ofSeconds(1);

	private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class, "browser-stream-server.liveness-timeout=" + TIMEOUT,
				"browser-stream-server.names.grace=" + GRACE);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void nothingStaysBehind(CapturedOutput output) {
		await().untilAsserted(() -> assertThat(server.bean(StreamConnections.class).count()).isZero());
		assertThat(server.bean(ProxyRegistry.class).names()).isEmpty();
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread");
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	@Test
	void hostLosesItsNameInTimeAndItsStreamsEnd() {
		try (RawPeer page = server.peer(); RawPeer another = server.peer()) {
			// for longer than it could as a host
			await().pollDelay(LOOK.multipliedBy(2)).until(() -> true);
			page.send(RawFrame.listen(1, "halted", KEY));
			page.next(RawFrame.ACCEPT, 1);
			Talker client = Talker.client(server.endpoint(), "halted", new byte[0], new Random(1));
			page.send(RawFrame.accept(page.next(RawFrame.OPEN).stream()));
			client.ready().join();
			long halted = System.nanoTime();
			assertThat(client.over().join().code()).isEqualTo(ErrorCode.HOST_GONE.number());
			assertThat(since(halted)).isBetween(TIMEOUT.minus(LOOK).minus(LOOK), TIMEOUT.plus(LOOK));
			assertThat(page.closed().code()).isEqualTo(ErrorCode.TIMEOUT.closeCode());
			AtomicInteger ids = new AtomicInteger(1);
			await().pollInterval(Duration.ofMillis(50)).until(() -> isMine(another, ids.getAndAdd(2), "halted"));
			assertThat(since(halted)).isLessThan(TIMEOUT.plus(LOOK).plus(GRACE));
			client.leave();
			another.leave();
		}
	}

	private static boolean isMine(RawPeer peer, int id, String name) {
		peer.send(RawFrame.listen(id, name));
		return peer.next(RawFrame.ACCEPT, RawFrame.RESET, id).type() == RawFrame.ACCEPT;
	}

	@Test
	void peersThatHostNothingSleepAndTheHostThatAnswersStays() {
		try (Talker host = Talker.host(server.endpoint(), "awake", new byte[0], new Random(1));
				RawPeer idle = server.peer();
				RawPeer client = server.peer();
				RawPeer former = server.peer().listen("given up")) {
			host.ready().join();
			client.send(RawFrame.connect(1, "awake"));
			client.next(RawFrame.ACCEPT, 1);
			former.send(RawFrame.end(1));
			former.next(RawFrame.END, 1);
			await().pollDelay(TIMEOUT.plus(LOOK.multipliedBy(2))).until(() -> true);
			for (RawPeer peer : new RawPeer[] { idle, client, former }) {
				peer.roundTrip("awake again");
				assertThat(peer.hasReceived(RawFrame.RESET)).isFalse();
				peer.leave();
			}
			assertThat(server.bean(ProxyRegistry.class).names()).containsExactly("awake");
			host.leave();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
