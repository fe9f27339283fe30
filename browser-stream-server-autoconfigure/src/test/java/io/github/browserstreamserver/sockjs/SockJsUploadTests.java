/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.browserstreamserver.testing.RawSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Messages that come in HTTP requests, on a real server.
 */
@Tag("container")
@ExtendWith(OutputCaptureExtension.class)
class SockJsUploadTests {

	private static final String LARGE = ("abc\u00e4\u20ac\uD83D\uDE00\"\\\n").repeat(200_000 / 15);

	private static SockJsServer server;

	private static int sessions;

	private final XhrPeer peer = new XhrPeer(server, "upload" + sessions++);

	@BeforeAll
	static void start() {
		// nobody asks for frames while a large body goes up
		server = new SockJsServer(Duration.ofMinutes(1), Duration.ofSeconds(2));
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
	void answers404ToMessagesForAnUnknownSession() {
		assertThat(this.peer.sendRaw("[\"x\"]").statusCode()).isEqualTo(404);
		assertThat(server.dialect().isIdle()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "rubbish", "[\"x", "[1]", "{}", "[\"x\"]]" })
	void answers500ToRubbishAndTheSessionGoesOn(String body) {
		assertThat(this.peer.poll()).isEqualTo("o");
		HttpResponse<String> response = this.peer.sendRaw(body);
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).isEqualTo("Broken JSON encoding.");
		this.peer.send("right");
		assertThat(this.peer.poll()).isEqualTo("a[\"right\"]");
	}

	@Test
	void answers500ToNothing() {
		assertThat(this.peer.poll()).isEqualTo("o");
		assertThat(this.peer.sendRaw("").body()).isEqualTo("Payload expected.");
		assertThat(this.peer.sendRaw(" ").body()).isEqualTo("Payload expected.");
		HttpResponse<String> chunked = this.peer
			.send(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[0])));
		assertThat(chunked.statusCode()).isEqualTo(500);
		assertThat(chunked.body()).isEqualTo("Payload expected.");
	}

	@Test
	void closesASessionOfWhichHalfAMessageWasTakenBeforeItBroke() {
		assertThat(this.peer.poll()).isEqualTo("o");
		assertThat(this.peer.sendRaw("[\"" + LARGE.replaceAll("[\"\\\\\n]", "") + "\",rubbish").statusCode())
			.isEqualTo(500);
		String frame = this.peer.poll();
		while (frame.startsWith("a")) {
			frame = this.peer.poll();
		}
		assertThat(frame).isEqualTo("c[1007,\"Broken JSON encoding.\"]");
	}

	@Test
	void takesABodyOfManyMebibytesAsItComes() {
		server.dialect().echo(false);
		assertThat(this.peer.poll()).isEqualTo("o");
		String text = LARGE.repeat(50);
		this.peer.send(text);
		assertThat(server.dialect().next().received()).isEqualTo(text);
	}

	private static void sendPartOfAMessage(RawSocket socket, TestDialect.Peer connection) {
		socket.sendBytes(("POST /boot/000/upload" + (sessions - 1) + "/xhr_send HTTP/1.1\r\nHost: 127.0.0.1:"
				+ server.http().port() + "\r\nContent-Length: 100000\r\n\r\n[\"" + "x".repeat(20_000))
			.getBytes(StandardCharsets.US_ASCII));
		await().until(() -> connection.received().length() > 8000);
	}

	@Test
	void takesNoSecondMessageWhileOneComesInAndNeedsNoThreadForIt() {
		assertThat(this.peer.poll()).isEqualTo("o");
		TestDialect.Peer connection = server.dialect().next();
		try (RawSocket slow = server.http().socket()) {
			sendPartOfAMessage(slow, connection);
			assertThat(this.peer.sendRaw("[\"mingled\"]").statusCode()).isEqualTo(503);
			slow.cut();
		}
		// half a message was taken
		await().untilAsserted(() -> assertThat(connection.ends).hasPositiveValue());
	}

	@Test
	void answersAMessageThatStillComesInWhenItsSessionEnds() {
		assertThat(this.peer.poll()).isEqualTo("o");
		TestDialect.Peer connection = server.dialect().next();
		try (RawSocket slow = server.http().socket()) {
			sendPartOfAMessage(slow, connection);
			connection.transport().close(1012, "the application stops");
			RawSocket.Response response = slow.exchange(new byte[0]);
			assertThat(response.status()).isEqualTo(404);
			assertThat(slow.isAtEnd()).as("the rest of the body is no request").isTrue();
		}
	}

	@Test
	void keepsTextInOrderBetweenManyRequests() {
		server.dialect().echo(false);
		assertThat(this.peer.poll()).isEqualTo("o");
		StringBuilder expected = new StringBuilder();
		for (int i = 0; i < 200; i++) {
			this.peer.sendRaw(new JsonMapper().writeValueAsString(new String[] { i + "\n" }));
			expected.append(i).append('\n');
		}
		assertThat(server.dialect().next().received()).isEqualTo(expected.toString());
	}

}
