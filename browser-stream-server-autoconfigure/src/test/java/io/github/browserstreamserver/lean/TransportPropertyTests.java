/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.RawSocket;
import io.github.browserstreamserver.testing.RawSocket.Response;
import io.github.browserstreamserver.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Applications that choose their transport, and how they run and stop with it.
 */
@ExtendWith(OutputCaptureExtension.class)
class TransportPropertyTests {

	private static final Predicate<String> LOOPS = (name) -> name.startsWith("browser-stream-server-loop-");

	@ParameterizedTest
	@ValueSource(strings = { "auto", "lean" })
	void runsLoopsOfItsOwnForTheLeanTransportUntilItStops(String transport) {
		await().until(() -> loops() == 0);
		try (TestServer server = start("browser-stream-server.transport=" + transport); RawPeer peer = server.peer()) {
			peer.roundTrip("here");
			assertThat(loops()).isPositive();
		}
		await().until(() -> loops() == 0);
	}

	@Test
	void leavesWebSocketsToTheContainersEngineForTheStandardTransport() {
		await().until(() -> loops() == 0);
		try (TestServer server = start("browser-stream-server.transport=standard");
				RawPeer host = server.peer().listen("name");
				RawPeer client = server.peer()) {
			client.send(RawFrame.connect(1, "name"), RawFrame.text(1, "hello"));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream));
			assertThat(host.next(RawFrame.DATA, stream).text()).isEqualTo("hello");
			assertThat(loops()).isZero();
		}
	}

	@Test
	void doesNotStartWithATransportThatDoesNotExistAndSaysWhichDo(CapturedOutput output) {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> start("browser-stream-server.transport=fast"));
		assertThat(output.getAll()).contains("browser-stream-server.transport", "fast", "AUTO", "LEAN", "STANDARD");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void worksOnVirtualThreads(CapturedOutput output) {
		try (TestServer server = start("browser-stream-server.transport=lean", "spring.threads.virtual.enabled=true");
				RawPeer host = server.peer().listen("virtual");
				RawPeer client = server.peer()) {
			client.send(RawFrame.connect(1, "virtual"));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream));
			client.next(RawFrame.ACCEPT, 1);
			Thread writer = new Thread(() -> client.write(1, new byte[1_000_000]), "writer");
			writer.start();
			assertThat(host.read(stream)).hasSize(1_000_000);
			client.leave();
			assertThat(client.closed().code()).isEqualTo(1000);
		}
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread");
	}

	@ParameterizedTest
	@ValueSource(strings = { "graceful", "immediate" })
	void closesItsPeersWith1012AndStopsSoon(String shutdown, CapturedOutput output) {
		TestServer server = start("browser-stream-server.transport=lean", "server.shutdown=" + shutdown);
		try (server; RawPeer host = server.peer().listen("host"); RawPeer client = server.peer()) {
			client.send(RawFrame.connect(1, "host"));
			host.next(RawFrame.OPEN);
			long start = System.nanoTime();
			server.close();
			assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(8_000);
			assertThat(host.closed().code()).isEqualTo(1012);
			assertThat(client.closed().code()).isEqualTo(1012);
			assertThat(client.closed().reason()).startsWith("SHUTDOWN");
		}
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread");
	}

	@Test
	void leavesWebSocketsToTheContainersEngineBehindAConnectorThatItDoesNotKnow(CapturedOutput output) {
		try (TestServer server = TestServer.start(Nio2.class, "browser-stream-server.transport=auto");
				RawPeer first = server.peer();
				RawPeer second = server.peer()) {
			first.roundTrip("here");
			second.roundTrip("here too");
			assertThat(output.getAll()).containsOnlyOnce("WebSockets go through the container")
				.contains("transport=standard");
		}
	}

	@Test
	void refusesHandshakesBehindAConnectorThatItDoesNotKnowAndSaysOnceWhatToDo(CapturedOutput output) {
		try (TestServer server = TestServer.start(Nio2.class, "browser-stream-server.transport=lean")) {
			for (int attempt = 0; attempt < 3; attempt++) {
				try (RawSocket socket = server.socket()) {
					Response response = socket.upgrade("/browser-server",
							"Sec-WebSocket-Protocol: " + RawPeer.SUBPROTOCOL);
					assertThat(response.status()).isEqualTo(501);
					assertThat(response.body()).contains("No WebSockets here");
				}
			}
			assertThat(output.getAll()).containsOnlyOnce("WebSockets are refused").doesNotContain("\tat ");
		}
	}

	@Import(LeanEndpointTests.Application.class)
	static class Nio2 {

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> nio2() {
			return (factory) -> factory.setProtocol("org.apache.coyote.http11.Http11Nio2Protocol");
		}

	}

	private static TestServer start(String... properties) {
		return TestServer.start(LeanEndpointTests.Application.class, properties);
	}

	private static long loops() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(LOOPS).count();
	}

}
