/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import io.github.browserstreamserver.testing.RawSocket;
import io.github.browserstreamserver.testing.RawSocket.Response;
import io.github.browserstreamserver.testing.TestTransport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is at which path, for whom. Whatever is asked for, nothing of it may be in the log
 * at WARN or above.
 */
@Tag("transport")
@ExtendWith(OutputCaptureExtension.class)
class SockJsEndpointTests {

	private static final String[] EXCHANGES = { "xhr", "xhr_streaming", "xhr_send" };

	private static SockJsServer server;

	private static int sessions;

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

	private static Response request(String method, String path, String... headers) {
		try (RawSocket socket = server.http().socket()) {
			return socket.request(method, path, headers);
		}
	}

	private static Response upgrade(String path, String... headers) {
		try (RawSocket socket = server.http().socket()) {
			Response response = socket.upgrade(path, headers);
			if (response.status() == 101) {
				server.dialect().next();
			}
			return response;
		}
	}

	private static String session() {
		return "/boot/000/endpoint" + sessions++;
	}

	// --- what there is

	@ParameterizedTest
	@ValueSource(strings = { "/boot", "/boot/" })
	void greets(String path) {
		Response response = request("GET", path);
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers().get("Content-Type")).startsWith("text/plain");
		assertThat(response.body()).isEqualTo("Welcome to SockJS!\n");
	}

	@Test
	void tellsWhatItCan() {
		Response response = request("GET", "/boot/info");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers().get("Content-Type")).startsWith("application/json");
		assertThat(response.headers().get("Cache-Control")).contains("no-store");
		JsonNode info = new JsonMapper().readTree(response.body());
		assertThat(info.get("websocket").asBoolean()).isTrue();
		assertThat(info.get("cookie_needed").asBoolean()).isFalse();
		assertThat(info.get("entropy").isNumber()).isTrue();
	}

	@Test
	void doesNotCompressWebSockets() {
		Response response = upgrade("/boot/websocket", "Sec-WebSocket-Extensions: permessage-deflate");
		assertThat(response.status()).isEqualTo(101);
		assertThat(response.headers().getOrDefault("Sec-WebSocket-Extensions", "")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/boot/nothing", "/boot/iframe.html", "/boot/iframe-0.3.4.html", "/boot/000/websocket",
			"/boot/000/session/", "/boot/000/session/eventsource", "/boot/000/session/htmlfile",
			"/boot/000/session/jsonp", "/boot/0.0/session/xhr", "/boot/000/s.s/xhr", "/boot/000/session/xhr;setup.bat",
			"/boot/1/2/3/4", "/boot/000/session/XHR" })
	void answers404WhereThereIsNothing(String path) {
		for (String method : new String[] { "GET", "POST", "OPTIONS" }) {
			assertThat(request(method, path).status()).as(method).isEqualTo(404);
		}
		assertThat(upgrade(path).status()).isEqualTo(404);
		assertThat(server.dialect().isIdle()).isTrue();
	}

	/** Jetty itself refuses a path with an empty segment. */
	@ParameterizedTest
	@ValueSource(strings = { "/boot/000//websocket", "/boot//session/websocket" })
	void answers404WhereASegmentIsEmpty(String path) {
		int status = (TestTransport.current() == TestTransport.JETTY) ? 400 : 404;
		for (String method : new String[] { "GET", "POST", "OPTIONS" }) {
			assertThat(request(method, path).status()).as(method).isEqualTo(status);
		}
		assertThat(upgrade(path).status()).isEqualTo(status);
		assertThat(server.dialect().isIdle()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "POST,/boot,GET", "DELETE,/boot/info,GET", "POST,/boot/info,GET", "POST,/boot/websocket,GET",
			"POST,/boot/000/session/websocket,GET", "GET,/boot/000/session/xhr,POST",
			"PUT,/boot/000/session/xhr_streaming,POST", "GET,/boot/000/session/xhr_send,POST" })
	void answers405ToWrongMethods(String method, String path, String allowed) {
		Response response = request(method, path);
		assertThat(response.status()).isEqualTo(405);
		assertThat(response.headers().get("Allow")).contains(allowed);
		assertThat(server.dialect().isIdle()).isTrue();
	}

	@Test
	void answers404WhereASessionsNameIsLong() {
		assertThat(request("POST", "/boot/000/" + "s".repeat(100) + "/xhr").status()).isEqualTo(200);
		assertThat(request("POST", "/boot/000/" + "s".repeat(101) + "/xhr").status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/boot/websocket", "/boot/000/session/websocket" })
	void answers400ToBadHandshakes(String path) {
		assertThat(request("GET", path).status()).isEqualTo(400);
		assertThat(
				request("GET", path, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13").status())
			.isEqualTo(400);
		assertThat(upgrade(path + "?%zz").status()).isEqualTo(400);
	}

	// --- for whom

	@ParameterizedTest
	@ValueSource(strings = { "/boot/websocket", "/boot/000/origins/websocket" })
	void webSocketsAreForTheSameAndAllowedOrigins(String path) {
		assertThat(upgrade(path).status()).isEqualTo(101);
		assertThat(upgrade(path, "Origin: " + server.http().origin()).status()).isEqualTo(101);
		assertThat(upgrade(path, "Origin: " + SockJsServer.ALLOWED).status()).isEqualTo(101);
		for (String origin : new String[] { "https://evil.example", "null", "nonsense", "http://127.0.0.1:1" }) {
			assertThat(upgrade(path, "Origin: " + origin).status()).as(origin).isEqualTo(403);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "http://example.org", "null", "nonsense", "http://127.0.0.1:1",
			"http://a b:99999999/" })
	void answers403ToForeignOriginsOnEachTransport(String origin) {
		assertThat(request("GET", "/boot/info", "Origin: " + origin).status()).isEqualTo(403);
		for (String exchange : EXCHANGES) {
			Response response = request("POST", session() + "/" + exchange, "Origin: " + origin);
			assertThat(response.status()).as(exchange).isEqualTo(403);
			assertThat(response.headers()).doesNotContainKey("Access-Control-Allow-Origin");
		}
		assertThat(server.dialect().isIdle()).isTrue();
	}

	@Test
	void takesRequestsOfTheSameOrigin() {
		String own = "Origin: " + server.http().origin();
		String session = session();
		assertThat(request("GET", "/boot/info", own).status()).isEqualTo(200);
		assertThat(request("POST", session + "/xhr", own).body()).isEqualTo("o\n");
		assertThat(request("POST", session + "/xhr_send", own).status()).isEqualTo(500);
	}

	@Test
	void takesRequestsOfTheSameOriginWhenTheHostIsInUpperCase() {
		String host = "Host: LOCALHOST:" + server.http().port();
		String own = "Origin: http://localhost:" + server.http().port();
		String session = session();
		assertThat(upgrade("/boot/websocket", host, own).status()).isEqualTo(101);
		assertThat(request("GET", "/boot/info", host, own).status()).isEqualTo(200);
		assertThat(request("POST", session + "/xhr", host, own).body()).isEqualTo("o\n");
		assertThat(request("POST", session + "/xhr", host, "Origin: http://localhos").status()).isEqualTo(403);
	}

	@Test
	void takesRequestsOfAllowedOriginsAndSaysSoToTheirBrowser() {
		String origin = "Origin: " + SockJsServer.ALLOWED;
		String session = session();
		for (Response response : new Response[] { request("GET", "/boot/info", origin),
				request("POST", session + "/xhr", origin), request("POST", session + "/xhr_send", origin) }) {
			assertThat(response.status()).isIn(200, 500);
			assertThat(response.headers()).containsEntry("Access-Control-Allow-Origin", SockJsServer.ALLOWED)
				.containsEntry("Access-Control-Allow-Credentials", "true");
		}
	}

	@Test
	void answersPreflightsOfAllowedOriginsOnly() {
		for (String exchange : EXCHANGES) {
			Response allowed = request("OPTIONS", session() + "/" + exchange, "Origin: " + SockJsServer.ALLOWED,
					"Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type");
			assertThat(allowed.status()).isIn(200, 204);
			assertThat(allowed.headers()).containsEntry("Access-Control-Allow-Origin", SockJsServer.ALLOWED);
			assertThat(allowed.headers().get("Access-Control-Allow-Methods")).contains("POST");
			assertThat(request("OPTIONS", session() + "/" + exchange, "Origin: https://evil.example",
					"Access-Control-Request-Method: POST")
				.status()).isEqualTo(403);
			assertThat(request("OPTIONS", session() + "/" + exchange).status()).isEqualTo(204);
		}
		assertThat(request("OPTIONS", "/boot/info", "Origin: " + SockJsServer.ALLOWED,
				"Access-Control-Request-Method: GET")
			.status()).isIn(200, 204);
	}

}
