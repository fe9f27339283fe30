/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.RawSocket;
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
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The endpoint on Jetty. The build runs it apart from the other tests, with Jetty instead
 * of Tomcat on the class path.
 */
@Tag("jetty")
@ExtendWith(OutputCaptureExtension.class)
class JettySmokeTests {

	private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol: " + RawPeer.SUBPROTOCOL;

	private static final String PATH = "/browser-server";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void nothingThatAPeerDoesIsWorthAWarning(CapturedOutput output) {
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread");
	}

	@Test
	void runsOnJetty() {
		assertThat(((WebServerApplicationContext) server.context()).getWebServer().getClass().getSimpleName())
			.startsWith("Jetty");
	}

	@Test
	void passesAMebibyteEachWayBetweenTwoPeers() {
		byte[] there = new byte[1_048_576];
		byte[] back = new byte[1_048_576];
		new Random(1).nextBytes(there);
		new Random(2).nextBytes(back);
		try (RawPeer host = server.peer().listen("mebibyte"); RawPeer client = server.peer()) {
			client.send(RawFrame.connect(1, "mebibyte"));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream));
			CompletableFuture<Void> written = CompletableFuture.runAsync(() -> client.write(1, there));
			assertThat(host.read(stream)).isEqualTo(there);
			written.join();
			written = CompletableFuture.runAsync(() -> host.write(stream, back));
			assertThat(client.read(1)).isEqualTo(back);
			written.join();
		}
	}

	@Test
	void takesMessagesLargerThanTheContainersBuffersAndInManyFragments() {
		try (RawPeer peer = server.peer()) {
			RawFrame[] pings = new RawFrame[20_000];
			Arrays.fill(pings, RawFrame.ping("0123456789"));
			peer.send(pings);
			byte[] listen = RawFrame.bytes(RawFrame.listen(1, "fragments"));
			for (byte part : listen) {
				peer.sendBytes(new byte[] { part }, false);
			}
			peer.sendBytes(new byte[0], true);
			peer.next(RawFrame.ACCEPT, 1);
		}
	}

	@Test
	void doesNotCompressThoughThePeerOffersTo() {
		try (RawSocket socket = server.socket()) {
			RawSocket.Response response = socket.upgrade(PATH, SUBPROTOCOL,
					"Sec-WebSocket-Extensions: permessage-deflate");
			assertThat(response.status()).isEqualTo(101);
			assertThat(response.headers().get("Sec-WebSocket-Protocol")).isEqualTo(RawPeer.SUBPROTOCOL);
			assertThat(response.headers().getOrDefault("Sec-WebSocket-Extensions", "")).isEmpty();
		}
	}

	@Test
	void answers403ToAForeignOriginAnd400ToAnotherSubprotocol() {
		try (RawSocket foreign = server.socket(); RawSocket other = server.socket()) {
			assertThat(foreign.upgrade(PATH, SUBPROTOCOL, "Origin: https://evil.example").status()).isEqualTo(403);
			assertThat(other.upgrade(PATH, "Sec-WebSocket-Protocol: mqtt").status()).isEqualTo(400);
		}
	}

	@Test
	void answers400ToAPlainGetAndServesTheClient() {
		try (RawSocket plain = server.socket(); RawSocket client = server.socket()) {
			assertThat(plain.get(PATH).status()).isEqualTo(400);
			assertThat(client.get(PATH + "/client.js").status()).isEqualTo(200);
		}
	}

	@Test
	void closesWith1003OnATextMessage() {
		try (RawPeer peer = server.peer()) {
			peer.sendText("text");
			assertThat(peer.closed().code()).isEqualTo(1003);
		}
	}

	@Test
	void closesWith4008OnGarbage() {
		try (RawPeer peer = server.peer()) {
			peer.sendBytes(new byte[] { 0x7f, 0, 0, 0 }, true);
			assertThat(peer.closed().code()).isEqualTo(4008);
		}
	}

	@Test
	void freesANameWhenItsHostIsCutOff() {
		ProxyRegistry registry = server.bean(ProxyRegistry.class);
		StreamConnections connections = server.bean(StreamConnections.class);
		await().untilAsserted(() -> assertThat(connections.count()).isZero());
		try (RawSocket host = server.socket()) {
			host.upgrade(PATH, SUBPROTOCOL);
			host.sendBinary(RawFrame.hello(), RawFrame.listen(1, "cut"));
			await().until(() -> registry.find("cut").isPresent());
			host.cut();
			await().until(() -> registry.find("cut").isEmpty());
			await().untilAsserted(() -> assertThat(connections.count()).isZero());
		}
	}

	@Test
	void closesWith4013WhenTheApplicationStops() {
		TestServer stopping = TestServer.start(Application.class);
		try (stopping; RawPeer peer = stopping.peer().listen("host")) {
			stopping.close();
			assertThat(peer.closed().code()).isEqualTo(4013);
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
