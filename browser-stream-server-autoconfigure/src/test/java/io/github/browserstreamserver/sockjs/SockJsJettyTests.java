/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * SockJS on Jetty. The build runs it apart from the other tests, with Jetty instead of
 * Tomcat on the class path.
 */
@Tag("jetty")
@ExtendWith(OutputCaptureExtension.class)
class SockJsJettyTests {

	private static final String TEXT = "abc\u00e4\u20ac\uD83D\uDE00\"\n".repeat(30_000);

	private static SockJsServer server;

	@BeforeAll
	static void start() {
		server = new SockJsServer();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void nothingThatAPeerDoesIsWorthAWarning(CapturedOutput output) {
		server.dialect().forget();
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread", "non-recycled request");
	}

	@Test
	void runsOnJetty() {
		assertThat(((WebServerApplicationContext) server.http().context()).getWebServer().getClass().getSimpleName())
			.startsWith("Jetty");
	}

	@Test
	void rawEchoesALargeMessageAndCannotSuspend() {
		try (TextPeer peer = server.raw()) {
			assertThat(server.dialect().next().transport().suspend()).isFalse();
			peer.send(TEXT);
			assertThat(peer.text(TEXT.length())).isEqualTo(TEXT);
		}
	}

	@Test
	void sockJsOpensEchoesAndCloses() {
		try (TextPeer peer = server.sockJs("jetty")) {
			TestDialect.Peer connection = server.dialect().next();
			assertThat(peer.next()).isEqualTo("o");
			peer.send(new JsonMapper().writeValueAsString(new String[] { TEXT }));
			assertThat(peer.framedText(TEXT.length())).isEqualTo(TEXT);
			connection.transport().close(4008, "enough");
			assertThat(peer.next()).isEqualTo("c[4008,\"enough\"]");
			assertThat(peer.closeCode()).isEqualTo(4008);
			await().untilAsserted(() -> assertThat(connection.ends).hasPositiveValue());
		}
	}

	@Test
	void pollingEchoesALargeMessage() {
		XhrPeer peer = new XhrPeer(server, "polls");
		assertThat(peer.poll()).isEqualTo("o");
		peer.send(TEXT);
		assertThat(peer.pollText(TEXT.length())).isEqualTo(TEXT);
		assertThat(peer.sendRaw("rubbish").body()).isEqualTo("Broken JSON encoding.");
		assertThat(peer.sendRaw("").body()).isEqualTo("Payload expected.");
	}

	@Test
	void streamingDeliversALargeWriteAndSaysWhyItCloses() {
		XhrPeer peer = new XhrPeer(server, "streams");
		try (XhrPeer.Stream stream = peer.stream()) {
			assertThat(stream.next()).isEqualTo("o");
			TestDialect.Peer connection = server.dialect().next();
			connection.write(TEXT);
			assertThat(TextPeer.unframe(stream.next())).isEqualTo(TEXT);
			assertThat(stream.next()).isNull();
			try (XhrPeer.Stream next = peer.stream()) {
				connection.transport().close(4008, "enough");
				assertThat(next.next()).isEqualTo("c[4008,\"enough\"]");
				await().untilAsserted(() -> assertThat(connection.ends).hasValue(1));
			}
		}
	}

}
