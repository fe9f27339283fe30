/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.nio.charset.StandardCharsets;

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
 * WebSockets with and without SockJS's frames, on a real server.
 */
@Tag("transport")
@ExtendWith(OutputCaptureExtension.class)
class SockJsWebSocketTests {

	private static final String FACE = "\uD83D\uDE00";

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
		await().untilAsserted(() -> assertThat(server.connections().count()).isZero());
		server.dialect().forget();
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread", "non-recycled request");
	}

	private static String json(String... texts) {
		return new JsonMapper().writeValueAsString(texts);
	}

	/** A mebibyte of characters of one to four bytes. */
	private static String mebibyte() {
		return ("abc\u00e4\u20ac" + FACE + "\"\\\n").repeat(1_048_576 / 15);
	}

	// --- the raw endpoint

	@Test
	void rawEchoesAMebibyteInOneMessage() {
		String text = mebibyte();
		try (TextPeer peer = server.raw()) {
			peer.send(text);
			assertThat(peer.text(text.length())).isEqualTo(text);
		}
	}

	@Test
	void rawJoinsCharactersThatAreCutBetweenFragments() {
		byte[] text = ("<" + FACE + ">").getBytes(StandardCharsets.UTF_8);
		try (RawSocket socket = server.http().socket()) {
			assertThat(socket.upgrade("/boot/websocket").status()).isEqualTo(101);
			TestDialect.Peer connection = server.dialect().next();
			for (int i = 0; i < text.length; i++) {
				int opcode = (i == 0) ? 1 : 0;
				int fin = (i == text.length - 1) ? 0x80 : 0;
				// with a mask of zeros
				socket.sendBytes(new byte[] { (byte) (fin | opcode), (byte) 0x81, 0, 0, 0, 0, text[i] });
			}
			await().untilAsserted(() -> assertThat(connection.received()).isEqualTo("<" + FACE + ">"));
		}
	}

	@Test
	void rawTakesBinaryMessagesAsTheSameText() {
		try (TextPeer peer = server.raw()) {
			peer.send("one ").sendBinary(("two " + FACE).getBytes(StandardCharsets.UTF_8)).send(" three");
			assertThat(peer.text(16)).isEqualTo("one two " + FACE + " three");
		}
	}

	@Test
	void rawPingsAndHearsThePong() {
		try (TextPeer peer = server.raw()) {
			TestDialect.Peer connection = server.dialect().next();
			connection.write("");
			await().untilAsserted(() -> assertThat(connection.pongs).hasValue(1));
			assertThat(connection.completions).containsExactly(true);
			assertThat(peer.hasMessage()).isFalse();
		}
	}

	@Test
	void rawClosesWithTheCodeOfTheDialect() {
		try (TextPeer peer = server.raw()) {
			TestDialect.Peer connection = server.dialect().next();
			connection.transport().close(4008, "rubbish");
			connection.transport().close(4009, "again");
			assertThat(peer.closeCode()).isEqualTo(4008);
			await().untilAsserted(() -> assertThat(connection.ends).hasPositiveValue());
		}
	}

	// --- SockJS's frames

	@Test
	void sockJsOpensAtOnceBeforeAllElse() {
		try (TextPeer peer = server.sockJs("open")) {
			server.dialect().next().write("first");
			assertThat(peer.next()).isEqualTo("o");
			assertThat(peer.next()).isEqualTo("a[\"first\"]");
		}
	}

	@Test
	void sockJsEchoesAMebibyteInOneMessage() {
		String text = mebibyte();
		try (TextPeer peer = server.sockJs("mebibyte")) {
			assertThat(peer.next()).isEqualTo("o");
			peer.send(json(text));
			assertThat(peer.framedText(text.length())).isEqualTo(text);
		}
	}

	@Test
	void sockJsTakesMessagesInFragmentsAndSeveralTextsInOne() {
		try (TextPeer peer = server.sockJs("fragments")) {
			assertThat(peer.next()).isEqualTo("o");
			peer.send("");
			("[\"one " + FACE + "\\ud83d").codePoints()
				.forEach((part) -> peer.sendPart(Character.toString(part), false));
			peer.sendPart("\\ude00\",\"two\"]", true).send("[]").send(json("three"));
			assertThat(peer.framedText(16)).isEqualTo("one " + FACE + FACE + "twothree");
		}
	}

	@Test
	void sockJsSendsAHeartbeatAsASignOfLife() {
		try (TextPeer peer = server.sockJs("heartbeat")) {
			server.dialect().next().write("");
			assertThat(peer.next()).isEqualTo("o");
			assertThat(peer.next()).isEqualTo("h");
		}
	}

	@Test
	void sockJsSaysWhyItClosesInAFrameAndThenCloses() {
		try (TextPeer peer = server.sockJs("close")) {
			TestDialect.Peer connection = server.dialect().next();
			connection.transport().close(4008, "rubbish");
			assertThat(peer.next()).isEqualTo("o");
			assertThat(peer.next()).isEqualTo("c[4008,\"rubbish\"]");
			assertThat(peer.closeCode()).isEqualTo(4008);
			await().untilAsserted(() -> assertThat(connection.ends).hasPositiveValue());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "rubbish", "[\"a\"", "[1]", "\"text\"", "[\"a\",]" })
	void sockJsClosesOnlyTheSessionWhoseFramingIsBroken(String message) {
		try (TextPeer healthy = server.sockJs("healthy"); TextPeer peer = server.sockJs("broken")) {
			assertThat(peer.next()).isEqualTo("o");
			peer.send(message);
			assertThat(peer.closeCode()).isEqualTo(1007);
			assertThat(healthy.next()).isEqualTo("o");
			assertThat(healthy.send("[\"x\"]").next()).isEqualTo("a[\"x\"]");
		}
	}

	@Test
	void sockJsHasNoBinaryMessages() {
		try (TextPeer peer = server.sockJs("binary")) {
			peer.sendBinary(new byte[] { 1 });
			assertThat(peer.closeCode()).isEqualTo(1003);
		}
	}

	@Test
	void webSocketsWithOneSessionIdDoNotDisturbEachOther() {
		try (TextPeer one = server.sockJs("shared")) {
			TestDialect.Peer first = server.dialect().next();
			try (TextPeer two = server.sockJs("shared")) {
				assertThat(one.next()).isEqualTo("o");
				assertThat(two.next()).isEqualTo("o");
				assertThat(two.send("[\"two\"]").next()).isEqualTo("a[\"two\"]");
			}
			assertThat(one.send("[\"one\"]").next()).isEqualTo("a[\"one\"]");
			assertThat(first.received()).isEqualTo("one");
			one.abort();
			await().untilAsserted(() -> assertThat(first.ends).hasPositiveValue());
		}
	}

	// --- ends and pauses

	@Test
	void tellsTheConnectionThatItsPeerWasCutOff() {
		try (RawSocket socket = server.http().socket()) {
			assertThat(socket.upgrade("/boot/000/cut/websocket").status()).isEqualTo(101);
			TestDialect.Peer connection = server.dialect().next();
			socket.cut();
			await().untilAsserted(() -> assertThat(connection.ends).hasPositiveValue());
		}
	}

	/** Jakarta WebSocket has no word for that; see the next test. */
	@Tag("tomcat")
	@Test
	void readsNothingFromASuspendedPeerUntilItResumes() {
		try (TextPeer suspended = server.raw()) {
			TestDialect.Peer connection = server.dialect().next();
			assertThat(connection.transport().suspend()).isTrue();
			assertThat(connection.transport().suspend()).isTrue();
			suspended.send("late");
			try (TextPeer healthy = server.raw()) {
				String text = mebibyte();
				healthy.send(text);
				assertThat(healthy.text(text.length())).isEqualTo(text);
			}
			assertThat(connection.received()).isEmpty();
			connection.transport().resume();
			connection.transport().resume();
			assertThat(suspended.next()).isEqualTo("late");
		}
	}

	@Tag("jetty")
	@Test
	void saysThatAPeerCannotBeSuspended() {
		try (TextPeer peer = server.raw()) {
			assertThat(server.dialect().next().transport().suspend()).isFalse();
			peer.send("read");
			assertThat(peer.next()).isEqualTo("read");
		}
	}

	@Test
	void closesASuspendedPeer() {
		try (TextPeer peer = server.sockJs("suspended")) {
			TestDialect.Peer connection = server.dialect().next();
			connection.transport().suspend();
			peer.send(json("never read"));
			connection.transport().close(4008, "enough");
			assertThat(peer.closeCode()).isEqualTo(4008);
			await().untilAsserted(() -> assertThat(connection.ends).hasPositiveValue());
		}
	}

	@Test
	void aPeerThatDoesNotReadHoldsUpNobody() {
		try (RawSocket stalled = server.http().socket()) {
			assertThat(stalled.upgrade("/boot/000/stalled/websocket").status()).isEqualTo(101);
			TestDialect.Peer connection = server.dialect().next();
			String text = mebibyte();
			for (int i = 0; i < 32; i++) {
				connection.write(text);
			}
			try (TextPeer healthy = server.sockJs("reads")) {
				assertThat(healthy.next()).isEqualTo("o");
				healthy.send(json(text));
				assertThat(healthy.framedText(text.length())).isEqualTo(text);
			}
			assertThat(connection.completions).hasSizeLessThan(32);
			connection.transport().close(4008, "too slow");
			await().untilAsserted(() -> assertThat(connection.ends).hasPositiveValue());
			await().untilAsserted(() -> assertThat(connection.completions).last().isEqualTo(false));
		}
	}

	@Test
	void closesAllWhenTheApplicationStops() {
		try (SockJsServer stopping = new SockJsServer();
				TextPeer raw = stopping.raw();
				TextPeer sockJs = stopping.sockJs("stops")) {
			assertThat(sockJs.next()).isEqualTo("o");
			stopping.close();
			assertThat(raw.closeCode()).isEqualTo(4013);
			assertThat(sockJs.next()).isEqualTo("c[4013,\"shutdown\"]");
			assertThat(sockJs.closeCode()).isEqualTo(4013);
		}
	}

}
