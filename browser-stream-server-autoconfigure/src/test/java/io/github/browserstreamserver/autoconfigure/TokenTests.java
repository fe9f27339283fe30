/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CompletionStage;

import io.github.browserstreamserver.proxy.StreamAuthorizer;
import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.RawSocket;
import io.github.browserstreamserver.testing.RawSocket.Response;
import io.github.browserstreamserver.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token in a subprotocol reaches the application's {@link StreamAuthorizer}, and nobody
 * else.
 */
@Tag("transport")
@ExtendWith(OutputCaptureExtension.class)
class TokenTests {

	private static final String PROTOCOLS = "Sec-WebSocket-Protocol: ";

	private static final String NONE = "no token";

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
	void tokensAreNotLogged(CapturedOutput output) {
		assertThat(output.getAll()).doesNotContain("abc.DEF", " WARN ", " ERROR ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1.browser-stream-server, token.abc.DEF", "token.abc.DEF, v1.browser-stream-server",
			"mqtt,token.abc.DEF,v1.browser-stream-server,token.second",
			"v1.browser-stream-server\r\nSec-WebSocket-Protocol: token.abc.DEF" })
	void isAnsweredWithOurSubprotocolAlone(String protocols) {
		try (RawSocket socket = server.socket()) {
			Response response = socket.upgrade("/browser-server", PROTOCOLS + protocols);
			assertThat(response.status()).isEqualTo(101);
			assertThat(response.headers()).containsEntry("Sec-WebSocket-Protocol", RawPeer.SUBPROTOCOL);
			assertThat(response.headers().toString()).doesNotContain("token.");
		}
	}

	@Test
	void isSeenByTheAuthorizer() {
		try (RawPeer peer = RawPeer.connect(server.endpoint(),
				(builder) -> builder.subprotocols(RawPeer.SUBPROTOCOL, "token.abc.DEF-_~1"))) {
			assertThat(peer.subprotocol()).isEqualTo(RawPeer.SUBPROTOCOL);
			peer.hello().listen("with");
			assertThat(server.bean(Tokens.class).of("with")).isEqualTo("abc.DEF-_~1");
			peer.send(RawFrame.connect(3, "with"));
			peer.next(RawFrame.OPEN);
			assertThat(server.bean(Tokens.class).of("with")).isEqualTo("abc.DEF-_~1");
		}
	}

	@Test
	void ofSeveralTheFirstCounts() {
		try (RawPeer peer = RawPeer.connect(server.endpoint(),
				(builder) -> builder.subprotocols(RawPeer.SUBPROTOCOL, "token.one", "token.two"))) {
			peer.hello().listen("several");
			assertThat(server.bean(Tokens.class).of("several")).isEqualTo("one");
		}
	}

	@Test
	void isNotThereWhenNoneWasBrought() {
		try (RawPeer peer = server.peer().listen("without")) {
			peer.roundTrip("here");
			assertThat(server.bean(Tokens.class).of("without")).isEqualTo(NONE);
		}
	}

	@Test
	void aloneIsNoSubprotocolOfOurs() {
		try (RawSocket socket = server.socket()) {
			Response response = socket.upgrade("/browser-server", PROTOCOLS + "token.abc.DEF");
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.body()).contains(RawPeer.SUBPROTOCOL).doesNotContain("abc");
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Tokens tokens() {
			return new Tokens();
		}

	}

	static class Tokens implements StreamAuthorizer {

		private final Map<String, Object> byTarget = new ConcurrentHashMap<>();

		@Override
		public CompletionStage<Decision> authorize(Attempt attempt) {
			this.byTarget.put(attempt.target(),
					attempt.peer().attributes().getOrDefault(PeerIdentity.TOKEN_ATTRIBUTE, NONE));
			return Decision.allow().now();
		}

		Object of(String target) {
			return this.byTarget.remove(target);
		}

	}

}
