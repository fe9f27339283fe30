/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A page asks why its handshake was refused: a POST to the endpoint.
 */
@Tag("transport")
@ExtendWith(OutputCaptureExtension.class)
class HandshakeReasonTests {

	private static final String PATH = "/app/browser/streams";

	private static final String ALLOWED = "https://allowed.example";

	private static final String FOREIGN = "https://evil.example";

	private static final String FINE = "{\"service\":\"browser-stream-server\",\"status\":200}";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = start("browser-stream-server.connections.max=2");
	}

	private static TestServer start(String... properties) {
		return TestServer
			.start(Application.class, Stream
				.concat(Stream.of("server.servlet.context-path=/app", "browser-stream-server.prefix=browser/streams/",
						"browser-stream-server.allowed-origins=" + ALLOWED), Stream.of(properties))
				.toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void nothingIsKeptOrLogged(CapturedOutput output) {
		await().untilAsserted(() -> assertThat(server.bean(StreamConnections.class).count()).isZero());
		assertThat(output.getAll()).doesNotContain("secret", " WARN ", " ERROR ", "Exception");
	}

	private static Response ask(String... headers) {
		return ask(server, headers);
	}

	private static Response ask(TestServer of, String... headers) {
		try (RawSocket socket = of.socket()) {
			return socket.request("POST", PATH, headers);
		}
	}

	private static int handshake(TestServer of, String... headers) {
		String[] all = Stream.concat(Stream.of("Sec-WebSocket-Protocol: " + RawPeer.SUBPROTOCOL), Stream.of(headers))
			.toArray(String[]::new);
		try (RawSocket socket = of.socket()) {
			return socket.upgrade(PATH, all).status();
		}
	}

	private static void assertRefused(Response response, int status, String code, String message) {
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.headers()).containsEntry("Content-Type", "application/json")
			.containsEntry("Cache-Control", "no-store");
		assertThat(response.body())
			.startsWith("{\"service\":\"browser-stream-server\",\"status\":" + status + ",\"code\":\"" + code
					+ "\",\"message\":\"")
			.contains(message)
			.endsWith("\"}");
	}

	private static void assertReadableFor(String origin, Response response) {
		assertThat(response.headers()).containsEntry("Access-Control-Allow-Origin", origin)
			.containsEntry("Access-Control-Allow-Credentials", "true")
			.containsEntry("Vary", "Origin");
	}

	// --- nothing is the matter

	@Test
	void aHandshakeThatWouldBeTakenIsFine() {
		for (String origin : List.of(ALLOWED, server.origin())) {
			Response response = ask("Origin: " + origin);
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.body()).isEqualTo(FINE);
			assertThat(response.headers()).containsEntry("Content-Type", "application/json")
				.containsEntry("Cache-Control", "no-store")
				.doesNotContainKey("Set-Cookie");
			assertReadableFor(origin, response);
		}
	}

	@Test
	void aProgramWithoutAnOriginMayAsk() {
		Response response = ask();
		assertThat(response.body()).isEqualTo(FINE);
		assertThat(response.headers()).doesNotContainKey("Access-Control-Allow-Origin").containsEntry("Vary", "Origin");
	}

	@Test
	void aTokenIsTakenAndNotRepeated() {
		Response response = ask("Origin: " + ALLOWED, "Stream-Token: secret.DEF-_~1");
		assertThat(response.body()).isEqualTo(FINE);
		assertThat(response.headers().toString()).doesNotContain("secret");
	}

	@Test
	void aBodyIsIgnored() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(server.origin() + PATH))
			.POST(BodyPublishers.ofString("{\"status\":1}"))
			.header("Content-Type", "application/json")
			.build();
		assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body()).isEqualTo(FINE);
	}

	@Test
	void askingOpensNothingAndTakesNobodysPlace() {
		for (int question = 0; question < 20; question++) {
			assertThat(ask("Origin: " + ALLOWED).status()).isEqualTo(200);
		}
		assertThat(server.bean(StreamConnections.class).count()).isZero();
		try (RawPeer one = peer(); RawPeer other = peer()) {
			assertThat(server.bean(StreamConnections.class).count()).isEqualTo(2);
			one.leave();
			other.leave();
		}
	}

	private static RawPeer peer() {
		RawPeer peer = RawPeer.connect(server.endpoint("/browser/streams")).hello();
		peer.roundTrip("let in");
		return peer;
	}

	// --- something is

	@ParameterizedTest
	@ValueSource(strings = { FOREIGN, "null", "https://allowed.example:8443", "moz-extension://6a3c" })
	void aForeignOriginIsToldSoAndCanReadIt(String origin) {
		Response response = ask("Origin: " + origin, "Stream-Token: secret");
		assertRefused(response, 403, "REFUSED", "browser-stream-server.allowed-origins");
		assertThat(response.body()).doesNotContain(origin + "\"").doesNotContain("evil");
		assertReadableFor(origin, response);
		assertThat(handshake(server, "Origin: " + origin)).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/<script>", "<script>", "https://[", "https://a b", "%%%" })
	void anOriginThatNoBrowserSendsIsNotRepeated(String origin) {
		Response response = ask("Origin: " + origin);
		assertRefused(response, 403, "REFUSED", "rigin");
		assertThat(response.body() + response.headers()).doesNotContain(origin);
		assertThat(handshake(server, "Origin: " + origin)).isEqualTo(403);
	}

	@Test
	void anOriginThatIsMissingIsRefusedWhereItIsNeeded() {
		try (TestServer strict = start("browser-stream-server.allow-missing-origin=false")) {
			assertRefused(ask(strict), 403, "REFUSED", "browser-stream-server.allow-missing-origin");
			assertThat(handshake(strict)).isEqualTo(403);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "sec ret", "secret,other", "secret\"", "secret;q=1", "secr\u00e9t" })
	void aTokenThatCannotBeOneIsAProtocolError(String token) {
		Response response = ask("Origin: " + ALLOWED, "Stream-Token: " + token);
		assertRefused(response, 400, "PROTOCOL_ERROR", "Stream-Token");
		assertThat(response.body()).doesNotContain(token);
		assertReadableFor(ALLOWED, response);
	}

	@Test
	void aForeignOriginIsToldBeforeAnythingElse() {
		assertRefused(ask("Origin: " + FOREIGN, "Stream-Token: sec ret"), 403, "REFUSED", "allowed-origins");
	}

	@Test
	void aBoundThatIsReachedIsTooManyRequests() {
		try (RawPeer one = peer(); RawPeer other = peer()) {
			Response response = ask("Origin: " + ALLOWED);
			assertRefused(response, 429, "LIMIT", "the application takes 2 connections (connections.max)");
			assertReadableFor(ALLOWED, response);
			one.leave();
			await().untilAsserted(() -> assertThat(ask("Origin: " + ALLOWED).status()).isEqualTo(200));
			other.leave();
		}
	}

	@Test
	void theBoundOfAnAddressIsNamed() {
		try (TestServer bound = start("browser-stream-server.connections.max-per-address=1");
				RawPeer peer = RawPeer.connect(bound.endpoint("/browser/streams")).hello()) {
			peer.roundTrip("let in");
			assertRefused(ask(bound), 429, "LIMIT", "(connections.max-per-address)");
		}
	}

	@Test
	void anApplicationThatStopsSaysSo() {
		StreamConnections connections = server.bean(StreamConnections.class);
		connections.stop();
		try {
			Response response = ask("Origin: " + ALLOWED);
			assertRefused(response, 503, "SHUTDOWN", "The application stops");
			assertReadableFor(ALLOWED, response);
			assertThat(handshake(server, "Origin: " + ALLOWED)).isEqualTo(503);
		}
		finally {
			connections.start();
		}
	}

	// --- what comes before and beside

	@ParameterizedTest
	@ValueSource(strings = { ALLOWED, FOREIGN })
	void aPreflightIsAnsweredToEverybody(String origin) {
		try (RawSocket socket = server.socket()) {
			Response response = socket.request("OPTIONS", PATH, "Origin: " + origin,
					"Access-Control-Request-Method: POST", "Access-Control-Request-Headers: stream-token");
			assertThat(response.status()).isEqualTo(204);
			assertReadableFor(origin, response);
			assertThat(response.headers()).containsEntry("Access-Control-Allow-Methods", "POST")
				.containsEntry("Access-Control-Allow-Headers", "Stream-Token")
				.containsKey("Access-Control-Max-Age");
		}
	}

	@Test
	void optionsSayWhatCanBeDone() {
		try (RawSocket socket = server.socket()) {
			Response response = socket.request("OPTIONS", PATH);
			assertThat(response.status()).isEqualTo(204);
			assertThat(response.headers()).containsEntry("Allow", "GET, POST, OPTIONS");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/app/browser", "/app/browser/streams/why", "/browser/streams", "/app/elsewhere" })
	void otherPathsAreTheApplicationsOwn(String path) {
		try (RawSocket socket = server.socket()) {
			Response response = socket.request("POST", path, "Origin: " + FOREIGN);
			assertThat(response.status()).isEqualTo(404);
			assertThat(response.body()).doesNotContain("browser-stream-server");
			assertThat(response.headers()).doesNotContainKey("Access-Control-Allow-Origin");
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
