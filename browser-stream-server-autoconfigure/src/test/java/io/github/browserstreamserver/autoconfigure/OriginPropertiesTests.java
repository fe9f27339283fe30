/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.util.UUID;
import java.util.stream.Stream;

import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.RawSocket;
import io.github.browserstreamserver.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose pages may connect, by the properties alone, at each way in. No refusal is worth a
 * warning.
 */
@Tag("transport")
@ExtendWith(OutputCaptureExtension.class)
class OriginPropertiesTests {

	private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol: " + RawPeer.SUBPROTOCOL;

	private static final String ENDPOINT = "/browser-server";

	private static final String PLAIN = "/boot/websocket";

	private static final String SOCKJS = "/boot/000/abcdefgh/websocket";

	private static final String XHR = "/xhr";

	private TestServer server;

	@AfterEach
	void stop(CapturedOutput output) {
		this.server.close();
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread");
	}

	private void start(String... properties) {
		this.server = TestServer.start(Application.class,
				Stream.concat(Stream.of("browser-stream-server.boot.enabled=true"), Stream.of(properties))
					.toArray(String[]::new));
	}

	private int status(String path, String... headers) {
		String[] all = path.equals(ENDPOINT)
				? Stream.concat(Stream.of(SUBPROTOCOL), Stream.of(headers)).toArray(String[]::new) : headers;
		try (RawSocket socket = this.server.socket()) {
			// a session of its own each time: the second request of one would wait
			String xhr = "/boot/000/" + UUID.randomUUID() + XHR;
			return (path.equals(XHR) ? socket.request("POST", xhr, headers) : socket.upgrade(path, all)).status();
		}
	}

	private void assertStatus(int status, String origin) {
		for (String path : new String[] { ENDPOINT, PLAIN, SOCKJS }) {
			assertThat(status(path, "Origin: " + origin)).as(path + " for " + origin).isEqualTo(status);
		}
		assertThat(status(XHR, "Origin: " + origin)).as(XHR + " for " + origin)
			.isEqualTo((status == 101) ? 200 : status);
	}

	private void assertRefused(String... origins) {
		for (String origin : origins) {
			assertStatus(403, origin);
		}
	}

	private void assertTaken(String... origins) {
		for (String origin : origins) {
			assertStatus(101, origin);
		}
	}

	@Test
	void withNoPropertySetOnlyPagesOfTheSameOriginConnect() {
		start();
		assertTaken(this.server.origin());
		assertRefused("https://example.org", "http://localhost:" + this.server.port(), "http://127.0.0.1",
				"https://127.0.0.1:" + this.server.port(), "null", "file://");
	}

	@Test
	void withNoPropertySetProgramsWithoutAnOriginConnect() {
		start();
		for (String path : new String[] { ENDPOINT, PLAIN, SOCKJS }) {
			assertThat(status(path)).as(path).isEqualTo(101);
		}
	}

	@Test
	void aPatternLetsInWhatItMatchesAndNothingElse() {
		start("browser-stream-server.allowed-origin-patterns=https://*.example.org");
		assertTaken("https://a.example.org", "https://a.b.example.org", this.server.origin());
		assertRefused("https://example.org", "http://a.example.org", "https://a.example.org:8443",
				"https://a.example.org.evil.example", "https://evil-example.org", "https://aXexample.org", "null");
	}

	@Test
	void aPatternMayLeaveThePortOpenOrNameSome() {
		start("browser-stream-server.allowed-origin-patterns[0]=http://localhost:[*]",
				"browser-stream-server.allowed-origin-patterns[1]=https://example.org:[8443,9443]");
		assertTaken("http://localhost", "http://localhost:5173", "https://example.org:9443",
				"https://example.org:8443");
		assertRefused("https://localhost:5173", "https://example.org", "http://localhost.evil.example",
				"https://example.org:8444", "http://localhost:evil");
	}

	@Test
	void originsAndPatternsAddUp() {
		start("browser-stream-server.allowed-origins=https://one.example",
				"browser-stream-server.allowed-origin-patterns=https://*.example.org");
		assertTaken("https://one.example", "https://a.example.org");
		assertRefused("https://two.example");
	}

	@Test
	void anOriginCanBeDemanded() {
		start("browser-stream-server.allow-missing-origin=false",
				"browser-stream-server.allowed-origins=https://one.example");
		for (String path : new String[] { ENDPOINT, PLAIN, SOCKJS, XHR }) {
			assertThat(status(path)).as(path).isEqualTo(403);
		}
		assertTaken(this.server.origin(), "https://one.example");
		assertRefused("https://two.example");
	}

	@Test
	void whereAnOriginIsDemandedTheClientAndTheInfoOfSockJsAreStillThere() {
		start("browser-stream-server.allow-missing-origin=false");
		for (String path : new String[] { "/browser-server/client.js", "/boot/info" }) {
			try (RawSocket socket = this.server.socket()) {
				assertThat(socket.get(path).status()).as(path).isEqualTo(200);
			}
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
