/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

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
	void closesItsPeersWith4013AndStopsSoon(String shutdown, CapturedOutput output) {
		TestServer server = start("browser-stream-server.transport=lean", "server.shutdown=" + shutdown);
		try (server; RawPeer host = server.peer().listen("host"); RawPeer client = server.peer()) {
			client.send(RawFrame.connect(1, "host"));
			host.next(RawFrame.OPEN);
			long start = System.nanoTime();
			server.close();
			assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(8_000);
			assertThat(host.closed().code()).isEqualTo(4013);
			assertThat(client.closed().code()).isEqualTo(4013);
			assertThat(client.closed().reason()).startsWith("SHUTDOWN");
		}
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread");
	}

	private static TestServer start(String... properties) {
		return TestServer.start(LeanEndpointTests.Application.class, properties);
	}

	private static long loops() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(LOOPS).count();
	}

}
