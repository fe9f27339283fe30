/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.event.ServerDestroyedEvent;
import io.github.browserstreamserver.proxy.DestroyReason;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.stream.ErrorCode;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The endpoint on a real server, from the first byte of the handshake. Whatever a peer
 * does in these tests, nothing of it may be in the log at WARN or above.
 */
@Tag("transport")
@ExtendWith(OutputCaptureExtension.class)
class WebSocketEndpointTests {

	private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol: " + RawPeer.SUBPROTOCOL;

	private static final String PATH = "/browser-server";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class,
				"browser-stream-server.allowed-origins=https://example.org,http://localhost:5173");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void nothingThatAPeerDoesIsWorthAWarning(CapturedOutput output) {
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread");
	}

	// --- the handshake

	@Test
	void choosesTheSubprotocolAmongThoseThatAreOffered() {
		try (RawPeer peer = RawPeer.connect(server.endpoint(),
				(builder) -> builder.subprotocols("v9.something", RawPeer.SUBPROTOCOL))) {
			assertThat(peer.subprotocol()).isEqualTo(RawPeer.SUBPROTOCOL);
			assertThat(peer.next(RawFrame.HELLO).stream()).isZero();
		}
	}

	@Test
	void answers400ThatNamesTheSubprotocolWhenNoneIsOffered() {
		try (RawSocket socket = server.socket()) {
			assertNamesTheSubprotocol(socket.upgrade(PATH));
		}
	}

	@Test
	void answers400ThatNamesTheSubprotocolWhenAnotherIsOffered() {
		try (RawSocket socket = server.socket()) {
			assertNamesTheSubprotocol(socket.upgrade(PATH, "Sec-WebSocket-Protocol: v2.browser-stream-server, mqtt"));
		}
	}

	private static void assertNamesTheSubprotocol(Response response) {
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.headers().get("Content-Type")).startsWith("text/plain");
		assertThat(response.body()).contains("v1.browser-stream-server", "Sec-WebSocket-Protocol");
	}

	@Test
	void refusesAnotherSubprotocolAlsoTowardsAnOrdinaryClient() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> RawPeer.connect(server.endpoint(), (builder) -> builder.subprotocols("mqtt")))
			.havingCause()
			.isInstanceOfSatisfying(WebSocketHandshakeException.class,
					(ex) -> assertThat(ex.getResponse().statusCode()).isEqualTo(400));
	}

	@Test
	void answers400ThatSaysWhatIsHereToAPlainGet() {
		try (RawSocket socket = server.socket()) {
			Response response = socket.get(PATH);
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.headers().get("Content-Type")).startsWith("text/plain");
			assertThat(response.body()).contains("WebSocket");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE", "PATCH" })
	void answers405ToOtherMethods(String method) {
		try (RawSocket socket = server.socket()) {
			Response response = socket.request(method, PATH, SUBPROTOCOL);
			assertThat(response.status()).isEqualTo(405);
			assertThat(response.headers().get("Allow")).contains("GET");
		}
	}

	@Test
	void answers400ToAnUpgradeWithoutAKey() {
		try (RawSocket socket = server.socket()) {
			Response response = socket.get(PATH, "Connection: Upgrade", "Upgrade: websocket",
					"Sec-WebSocket-Version: 13", SUBPROTOCOL);
			assertThat(response.status()).isEqualTo(400);
		}
	}

	@Test
	void answers400ToAnUpgradeThatConnectionDoesNotName() {
		try (RawSocket socket = server.socket()) {
			Response response = socket.get(PATH, "Connection: close", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
					"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", SUBPROTOCOL);
			assertThat(response.status()).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==  | Sec-WebSocket-Key
			Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAQ==  | Sec-WebSocket-Key
			Sec-WebSocket-Version: 13                    | Sec-WebSocket-Version
			Content-Length: 1                            | no body
			Transfer-Encoding: chunked                   | no body
			""")
	void answers400ToAHandshakeWithAHeaderTooMuch(String header, String says) {
		try (RawSocket socket = server.socket()) {
			Response response = socket.upgrade(PATH, SUBPROTOCOL, header);
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.body()).contains(says);
		}
	}

	@Test
	void answers400ToAHandshakeOfHttp10() {
		String request = "GET " + PATH + " HTTP/1.0\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
				+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" + SUBPROTOCOL
				+ "\r\n\r\n";
		try (RawSocket socket = server.socket()) {
			assertThat(socket.exchange(request.getBytes(StandardCharsets.US_ASCII)).status()).isEqualTo(400);
		}
	}

	@Test
	void letsNobodyGuessWhatAnAnswerIs() {
		try (RawSocket socket = server.socket()) {
			assertThat(socket.get(PATH).headers()).containsEntry("X-Content-Type-Options", "nosniff");
		}
	}

	@Test
	void answers426ToAnotherVersionOfWebSocket() {
		try (RawSocket socket = server.socket()) {
			Response response = socket.get(PATH, "Connection: Upgrade", "Upgrade: websocket",
					"Sec-WebSocket-Version: 8", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", SUBPROTOCOL);
			assertThat(response.status()).isEqualTo(426);
			assertThat(response.headers().get("Sec-WebSocket-Version")).contains("13");
		}
	}

	@Test
	void doesNotCompressThoughThePeerOffersTo() {
		try (RawSocket socket = server.socket()) {
			Response response = socket.upgrade(PATH, SUBPROTOCOL,
					"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
			assertThat(response.status()).isEqualTo(101);
			assertThat(response.headers().get("Sec-WebSocket-Protocol")).isEqualTo(RawPeer.SUBPROTOCOL);
			assertThat(response.headers().getOrDefault("Sec-WebSocket-Extensions", "")).isEmpty();
		}
	}

	@Test
	void answers400ToAnAddressThatCannotBeParsed() {
		try (RawSocket socket = server.socket()) {
			assertThat(socket.upgrade(PATH + "?%zz", SUBPROTOCOL).status()).isEqualTo(400);
		}
	}

	// --- origins

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "http://example.org", "https://example.org.evil.example",
			"https://example.org:8443", "http://127.0.0.1:1", "null", "nonsense", "https://", "http://a b:99999999/" })
	void answers403ToAForeignOrigin(String origin) {
		try (RawSocket socket = server.socket()) {
			assertThat(socket.upgrade(PATH, SUBPROTOCOL, "Origin: " + origin).status()).isEqualTo(403);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.org", "http://localhost:5173" })
	void takesPeersFromAllowedOrigins(String origin) {
		try (RawSocket socket = server.socket()) {
			assertThat(socket.upgrade(PATH, SUBPROTOCOL, "Origin: " + origin).status()).isEqualTo(101);
		}
	}

	@Test
	void takesPeersFromTheSameOrigin() {
		try (RawSocket socket = server.socket()) {
			assertThat(socket.upgrade(PATH, SUBPROTOCOL, "Origin: " + server.origin()).status()).isEqualTo(101);
		}
	}

	@Test
	void takesPeersFromTheSameOriginWhenTheHostIsInUpperCase() {
		try (RawSocket socket = server.socket()) {
			assertThat(socket
				.upgrade(PATH, SUBPROTOCOL, "Host: LocalHost:" + server.port(),
						"Origin: http://localhost:" + server.port())
				.status()).isEqualTo(101);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhos:", "https://localhost:", "http://localhost.evil.example:",
			"http://localhost:1" })
	void answers403ToAnotherOriginWhenTheHostIsInUpperCase(String origin) {
		try (RawSocket socket = server.socket()) {
			assertThat(socket
				.upgrade(PATH, SUBPROTOCOL, "Host: LOCALHOST:" + server.port(), "Origin: " + origin + server.port())
				.status()).isEqualTo(403);
		}
	}

	@Test
	void takesPeersThatSendNoOrigin() {
		try (RawSocket socket = server.socket()) {
			assertThat(socket.upgrade(PATH, SUBPROTOCOL).status()).isEqualTo(101);
		}
	}

	// --- what comes in

	@Test
	void closesWith1003OnATextMessage() {
		try (RawPeer peer = server.peer()) {
			peer.sendText("{\"json\": 1}");
			assertThat(peer.closed().code()).isEqualTo(1003);
			assertThat(peer.closed().reason()).contains("binary");
		}
	}

	@Test
	void closesWith4008OnGarbage() {
		try (RawPeer peer = server.peer()) {
			peer.sendBytes("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8), true);
			assertThat(peer.closed().code()).isEqualTo(4008);
			assertThat(peer.closed().reason()).startsWith("PROTOCOL_ERROR");
		}
	}

	@Test
	void closesWith4008WhenAnythingComesBeforeHello() {
		try (RawPeer peer = RawPeer.connect(server.endpoint())) {
			peer.send(RawFrame.listen(1, "early"));
			assertThat(peer.closed().code()).isEqualTo(4008);
		}
	}

	@Test
	void takesAMessageThatComesInManyFragments() {
		try (RawPeer peer = RawPeer.connect(server.endpoint())) {
			byte[] bytes = RawFrame.bytes(RawFrame.hello(), RawFrame.listen(1, "fragments"), RawFrame.ping("all"));
			for (int at = 0; at < bytes.length; at++) {
				peer.sendBytes(new byte[] { bytes[at] }, false);
			}
			peer.sendBytes(new byte[0], true);
			peer.next(RawFrame.ACCEPT, 1);
			assertThat(peer.next(RawFrame.PING).text()).isEqualTo("all");
		}
	}

	@Test
	void closesWith4008WhenTheLastFragmentEndsInsideAFrame() {
		try (RawPeer peer = server.peer()) {
			byte[] bytes = RawFrame.bytes(RawFrame.ping("cut off"));
			peer.sendBytes(Arrays.copyOf(bytes, 3), false);
			peer.sendBytes(Arrays.copyOfRange(bytes, 3, bytes.length - 1), true);
			assertThat(peer.closed().code()).isEqualTo(4008);
		}
	}

	@Test
	void takesAMessageLargerThanTheContainersBuffers() {
		try (RawPeer peer = RawPeer.connect(server.endpoint())) {
			RawFrame[] frames = new RawFrame[20_000];
			Arrays.fill(frames, RawFrame.ping("0123456789"));
			frames[0] = RawFrame.hello();
			frames[frames.length - 1] = RawFrame.ping("the last");
			peer.send(frames);
			peer.roundTrip("and on");
		}
	}

	// --- the whole way

	@Test
	void passesMessagesBetweenTwoPeers() {
		try (RawPeer host = server.peer().listen("pair/äöü"); RawPeer client = server.peer()) {
			client.send(RawFrame.connect(1, "pair/äöü"), RawFrame.text(1, "hello"), RawFrame.end(1));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream), RawFrame.text(stream, "welcome"), RawFrame.end(stream));
			assertThat(host.next(RawFrame.DATA, stream).text()).isEqualTo("hello");
			client.next(RawFrame.ACCEPT, 1);
			assertThat(client.next(RawFrame.DATA, 1).text()).isEqualTo("welcome");
			host.next(RawFrame.END, stream);
			client.next(RawFrame.END, 1);
			await().untilAsserted(
					() -> assertThat(server.bean(ProxyRegistry.class).find("pair/äöü").orElseThrow().streams())
						.isZero());
		}
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
	void freesANameWhenItsHostLeavesInGoodOrder() {
		try (RawPeer host = server.peer().listen("leaves")) {
			host.leave();
			await().until(() -> server.bean(ProxyRegistry.class).find("leaves").isEmpty());
			assertThat(server.bean(Recorder.class).next("leaves").reason()).isEqualTo(DestroyReason.HOST_GONE);
		}
	}

	@Test
	void freesANameWhenItsHostIsCutOff() {
		StreamConnections connections = server.bean(StreamConnections.class);
		await().untilAsserted(() -> assertThat(connections.count()).isZero());
		try (RawSocket host = server.socket(); RawPeer client = server.peer()) {
			assertThat(host.upgrade(PATH, SUBPROTOCOL).status()).isEqualTo(101);
			host.sendBinary(RawFrame.hello(), RawFrame.listen(1, "cut"));
			await().until(() -> server.bean(ProxyRegistry.class).find("cut").isPresent());
			client.send(RawFrame.connect(1, "cut"));
			client.roundTrip("connected");
			host.cut();
			assertThat(client.next(RawFrame.RESET, 1).number()).isEqualTo(6);
			assertThat(server.bean(Recorder.class).next("cut").reason()).isEqualTo(DestroyReason.HOST_GONE);
			client.leave();
			await().untilAsserted(() -> assertThat(connections.count()).isZero());
		}
	}

	@Test
	void survivesThatPeersAreCutOffWhileTheyAreSentTo() {
		StreamConnections connections = server.bean(StreamConnections.class);
		await().untilAsserted(() -> assertThat(connections.count()).isZero());
		try (RawPeer host = server.peer().listen("busy")) {
			for (int round = 0; round < 20; round++) {
				try (RawSocket client = server.socket()) {
					client.upgrade(PATH, SUBPROTOCOL);
					client.sendBinary(RawFrame.hello(), RawFrame.connect(1, "busy"));
					int stream = host.next(RawFrame.OPEN).stream();
					host.send(RawFrame.accept(stream), RawFrame.text(stream, "x".repeat(10_000)));
					client.cut();
					host.next(RawFrame.RESET, stream);
				}
			}
			await().untilAsserted(() -> assertThat(connections.count()).isOne());
		}
	}

	@Test
	void survivesThatAPeerIsCutOffInTheMiddleOfAFrame() {
		StreamConnections connections = server.bean(StreamConnections.class);
		await().untilAsserted(() -> assertThat(connections.count()).isZero());
		for (int length : new int[] { 1, 3, 7, 9 }) {
			try (RawSocket peer = server.socket()) {
				peer.upgrade(PATH, SUBPROTOCOL);
				byte[] frame = { (byte) 0x82, (byte) 0x84, 0, 0, 0, 0, 1, 0, 0, 0 };
				peer.sendBytes(Arrays.copyOf(frame, length));
				peer.cut();
			}
		}
		await().untilAsserted(() -> assertThat(connections.count()).isZero());
	}

	@Test
	void leavesFramesThatAreNotWebSocketToTheContainer() {
		try (RawSocket peer = server.socket()) {
			peer.upgrade(PATH, SUBPROTOCOL);
			assertThat(peer.readFrame().opcode()).isEqualTo(2);
			peer.sendBytes(new byte[] { (byte) 0x8f, (byte) 0x80, 0, 0, 0, 0 });
			// a container that has not ended its last write yet may only hang up
			peer.readFrameUnlessAtEnd().ifPresent((close) -> {
				assertThat(close.opcode()).isEqualTo(8);
				assertThat((close.payload()[0] & 0xff) << 8 | close.payload()[1] & 0xff).isEqualTo(1002);
			});
		}
	}

	// --- other applications

	@Test
	void worksUnderAContextPathAndAnotherPrefix() {
		try (TestServer other = TestServer.start(Application.class, "server.servlet.context-path=/app",
				"browser-stream-server.prefix=api/streams/");
				RawPeer peer = RawPeer.connect(other.endpoint("/api/streams"));
				RawSocket socket = other.socket()) {
			peer.hello().listen("here");
			assertThat(other.bean(ProxyRegistry.class).names()).containsExactly("here");
			assertThat(socket.upgrade("/app" + PATH, SUBPROTOCOL).status()).isEqualTo(404);
		}
	}

	@Test
	void takesAnyOriginWhenAllAreAllowed() {
		try (TestServer other = TestServer.start(Application.class, "browser-stream-server.allowed-origins=*");
				RawSocket socket = other.socket()) {
			assertThat(socket.upgrade(PATH, SUBPROTOCOL, "Origin: https://evil.example").status()).isEqualTo(101);
		}
	}

	@Test
	void announcesItsBoundsInHello() {
		try (TestServer other = TestServer.start(Application.class,
				"browser-stream-server.stream.max-per-connection=300", "browser-stream-server.keepalive=2s");
				RawPeer peer = RawPeer.connect(other.endpoint())) {
			// MAX_STREAMS (1) 300, KEEPALIVE (2) 2000
			assertThat(peer.next(RawFrame.HELLO).payload())
				.isEqualTo(new byte[] { 1, 2, (byte) 0xac, 2, 2, 2, (byte) 0xd0, 0xf });
		}
	}

	@Test
	void closesWith4005WhenHelloDoesNotComeInTime() {
		try (TestServer other = TestServer.start(Application.class, "browser-stream-server.handshake-timeout=1s");
				RawPeer peer = RawPeer.connect(other.endpoint())) {
			assertThat(peer.closed().code()).isEqualTo(4005);
		}
	}

	@Test
	void tellsNobodyWhatIsSecretInAHandshakeOrAListen(CapturedOutput output) {
		try (TestServer other = TestServer.start(Application.class,
				"logging.level.io.github.browserstreamserver=TRACE")) {
			try (RawPeer peer = RawPeer.connect(other.endpoint(),
					(builder) -> builder.subprotocols(RawPeer.SUBPROTOCOL, "token.SECRET-1")
						.header("Authorization", "Bearer SECRET-2")
						.header("X-Secret", "SECRET-3"))) {
				peer.hello().send(RawFrame.connect(2, "wrong"));
				assertThat(peer.closed().code()).isEqualTo(4008);
				assertThat(peer.closed().reason()).doesNotContain("SECRET");
			}
			try (RawSocket refused = other.socket()) {
				RawSocket.Response response = refused.upgrade(PATH, SUBPROTOCOL, "Origin: https://foreign.example",
						"Authorization: Bearer SECRET-4");
				assertThat(response.status()).isEqualTo(403);
				assertThat(response.body()).contains("browser-stream-server.allowed-origins");
			}
			await().untilAsserted(() -> assertThat(output.getAll()).contains("ends: PROTOCOL_ERROR"));
			assertThat(output.getAll()).containsPattern("DEBUG .*allowed-origins.*It was: https://foreign.example");
		}
		assertThat(output.getAll()).doesNotContain("SECRET");
	}

	@Test
	void tellsPeersAndListenersWhenTheApplicationStops() {
		TestServer stopping = TestServer.start(Application.class);
		try (stopping; RawPeer host = stopping.peer().listen("host"); RawPeer client = stopping.peer()) {
			Recorder recorder = stopping.bean(Recorder.class);
			client.send(RawFrame.connect(1, "host"));
			host.next(RawFrame.OPEN);
			stopping.close();
			assertThat(host.closed().code()).isEqualTo(1012);
			assertThat(client.closed().code()).isEqualTo(1012);
			assertThat(host.closed().reason()).startsWith("SHUTDOWN");
			assertThat(recorder.next("host").reason()).isEqualTo(DestroyReason.SHUTDOWN);
		}
	}

	@Test
	void letsStreamsFinishWhenTheApplicationStops(CapturedOutput output) throws Exception {
		TestServer stopping = TestServer.start(Application.class, "browser-stream-server.shutdown.drain-timeout=20s");
		try (stopping; RawPeer host = stopping.peer().listen("host"); RawPeer client = stopping.peer()) {
			client.send(RawFrame.connect(1, "host"));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream));
			client.next(RawFrame.ACCEPT);
			CompletableFuture<Void> stop = CompletableFuture.runAsync(stopping::close);
			host.next(RawFrame.GOAWAY);
			client.next(RawFrame.GOAWAY);
			client.send(RawFrame.connect(3, "host"));
			assertThat(client.next(RawFrame.RESET, 3).payload()[0]).isEqualTo((byte) ErrorCode.SHUTDOWN.number());
			host.send(RawFrame.text(stream, "the last word"), RawFrame.end(stream));
			client.next(RawFrame.DATA);
			assertThat(stop).as("a stream is in progress").isNotDone();
			client.send(RawFrame.end(1));
			assertThat(client.closed().code()).isEqualTo(1012);
			assertThat(host.closed().code()).isEqualTo(1012);
			stop.get(10, TimeUnit.SECONDS);
			assertThat(output.getAll()).contains("Waiting up to 20000 ms for 2 connections to finish")
				.doesNotContain("were not over in time");
		}
	}

	@Test
	void aMessageOfTheLargestSizeFitsIntoTheLeastMemory() {
		try (TestServer small = TestServer.start(Application.class, "browser-stream-server.memory=1MB");
				RawPeer client = small.peer()) {
			CompletableFuture<Integer> heard = new CompletableFuture<>();
			small.bean(ProxyRegistry.class)
				.listen("java", (stream) -> heard.complete(stream.receive().orElseThrow().bytes().length));
			client.send(RawFrame.connect(1, "java"));
			client.next(RawFrame.ACCEPT, 1);
			client.write(1, new byte[262_144]);
			assertThat(heard.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(262_144);
		}
	}

	@Test
	void turnsPeersAwayThatComeWhileTheApplicationStops() {
		try (TestServer stopping = TestServer.start(Application.class)) {
			stopping.bean(StreamConnections.class).stop();
			try (RawSocket late = stopping.socket()) {
				RawSocket.Response response = late.upgrade(PATH, SUBPROTOCOL);
				assertThat(response.status()).isEqualTo(503);
				assertThat(response.body()).contains("stops");
			}
			assertThat(stopping.bean(StreamConnections.class).count()).isZero();
		}
	}

	@Test
	void aPeerThatIsRefusedAndSaysNothingDoesNotKeepItsSocket() {
		try (TestServer other = TestServer.start(Application.class,
				"browser-stream-server.connections.max-per-address=1");
				RawPeer first = other.peer();
				RawSocket refused = other.socket()) {
			first.listen("here");
			refused.upgrade(PATH, SUBPROTOCOL);
			while (!refused.isAtEnd()) {
				// a byte of the close frame; the socket's own patience is less than what
				// Tomcat's engine would wait for an answer to it
			}
		}
	}

	@Test
	void forgetsAPeerThatDoesNotReadSoonAfterItWasClosed() {
		try (TestServer other = TestServer.start(Application.class, "browser-stream-server.liveness-timeout=5s");
				RawPeer host = other.peer().listen("flood");
				RawSocket deaf = other.socket()) {
			StreamConnections connections = other.bean(StreamConnections.class);
			deaf.upgrade(PATH, SUBPROTOCOL);
			deaf.sendBinary(RawFrame.hello(), RawFrame.connect(1, "flood"), RawFrame.credit(1, 100_000_000));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream));
			Thread flood = new Thread(() -> assertThatExceptionOfType(Throwable.class)
				.isThrownBy(() -> host.write(stream, new byte[50_000_000])), "flood");
			flood.setDaemon(true);
			flood.start();
			// the host may well stay: its client answers pings of WebSocket by itself
			await().atMost(Duration.ofSeconds(15))
				.untilAsserted(() -> assertThat(connections.count()).isLessThanOrEqualTo(1));
		}
	}

	@Test
	void isNotHeldUpByAPeerThatDoesNotReadWhenTheApplicationStops() {
		try (TestServer stopping = TestServer.start(Application.class);
				RawPeer host = stopping.peer().listen("flood");
				RawSocket deaf = stopping.socket()) {
			deaf.upgrade(PATH, SUBPROTOCOL);
			deaf.sendBinary(RawFrame.hello(), RawFrame.connect(1, "flood"), RawFrame.credit(1, 100_000_000));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream));
			Thread flood = new Thread(() -> assertThatExceptionOfType(Throwable.class)
				.isThrownBy(() -> host.write(stream, new byte[50_000_000])), "flood");
			flood.setDaemon(true);
			flood.start();
			await().until(() -> stopping.bean(ProxyRegistry.class).find("flood").orElseThrow().bytesToHost() >= 0
					&& stopping.bean(ProxyRegistry.class).find("flood").orElseThrow().bytesFromHost() > 2_000_000);
			long start = System.nanoTime();
			stopping.close();
			assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(15);
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Recorder.class)
	static class Application {

	}

	static class Recorder {

		private final BlockingQueue<ServerDestroyedEvent> events = new LinkedBlockingQueue<>();

		@EventListener
		void destroyed(ServerDestroyedEvent event) {
			this.events.add(event);
		}

		ServerDestroyedEvent next(String name) {
			return await().until(
					() -> this.events.stream().filter((event) -> event.name().equals(name)).findFirst().orElse(null),
					(event) -> event != null);
		}

	}

}
