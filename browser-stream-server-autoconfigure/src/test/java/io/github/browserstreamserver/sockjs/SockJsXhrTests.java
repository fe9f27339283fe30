/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.testing.Extent;
import io.github.browserstreamserver.testing.RawSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * SockJS over HTTP requests, on a real server.
 */
@Tag("container")
@ExtendWith(OutputCaptureExtension.class)
class SockJsXhrTests {

	private static final String FACE = "\uD83D\uDE00";

	private static final String LARGE = ("abc\u00e4\u20ac" + FACE + "\"\\\n").repeat(200_000 / 15);

	private static final Duration BEAT = Duration.ofSeconds(2);

	private static SockJsServer server;

	private static int sessions;

	private final XhrPeer peer = new XhrPeer(server, "session" + sessions++);

	@BeforeAll
	static void start() {
		server = new SockJsServer(Duration.ofSeconds(Extent.of(2, 5)), BEAT);
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

	// --- polling

	@Test
	void pollingOpensAndThenGetsAFrameAtATime() {
		assertThat(this.peer.poll()).isEqualTo("o");
		this.peer.send("one");
		this.peer.send("two", "three");
		assertThat(this.peer.pollText(11)).isEqualTo("onetwothree");
	}

	@Test
	void pollingWaitsForAFrame() {
		assertThat(this.peer.poll()).isEqualTo("o");
		CompletableFuture<String> frame = CompletableFuture.supplyAsync(this.peer::poll);
		this.peer.send("late " + FACE);
		assertThat(frame.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("a[\"late " + FACE + "\"]");
	}

	@Test
	void pollingEchoesALargeMessage() {
		assertThat(this.peer.poll()).isEqualTo("o");
		this.peer.send(LARGE);
		assertThat(this.peer.pollText(LARGE.length())).isEqualTo(LARGE);
	}

	@Test
	void pollingDeliversALargeWriteInOneFrame() {
		assertThat(this.peer.poll()).isEqualTo("o");
		TestDialect.Peer connection = server.dialect().next();
		connection.write(LARGE);
		assertThat(TextPeer.unframe(this.peer.poll())).isEqualTo(LARGE);
		await().untilAsserted(() -> assertThat(connection.completions).containsExactly(true));
	}

	@Test
	void aWriteIsCompletedOnlyWhenARequestTookIt() {
		assertThat(this.peer.poll()).isEqualTo("o");
		TestDialect.Peer connection = server.dialect().next();
		connection.write("one");
		connection.write("");
		connection.write("two");
		assertThat(connection.completions).isEmpty();
		assertThat(this.peer.poll()).isEqualTo("a[\"one\"]");
		assertThat(this.peer.poll()).isEqualTo("h");
		assertThat(this.peer.poll()).isEqualTo("a[\"two\"]");
		await().untilAsserted(() -> assertThat(connection.completions).containsExactly(true, true, true));
	}

	// --- streaming

	@Test
	void streamingSendsAPreludeOpensAndThenSendsFrameAfterFrame() {
		try (XhrPeer.Stream stream = this.peer.stream()) {
			assertThat(stream.next()).isEqualTo("o");
			this.peer.send("one " + FACE);
			assertThat(stream.next()).isEqualTo("a[\"one " + FACE + "\"]");
			server.dialect().next().write("");
			assertThat(stream.next()).isEqualTo("h");
		}
	}

	@Test
	void streamingHearsAHeartbeatSoonSoThatWhoIsGoneIsMissed() {
		Duration beat = Extent.of(BEAT.dividedBy(4), BEAT);
		try (SockJsServer beating = new SockJsServer(BEAT, beat);
				XhrPeer.Stream stream = new XhrPeer(beating, "beaten").stream()) {
			assertThat(stream.next()).isEqualTo("o");
			long begin = System.nanoTime();
			assertThat(stream.next()).isEqualTo("h");
			assertThat(stream.next()).isEqualTo("h");
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(beat.multipliedBy(5));
		}
	}

	@Test
	void streamingEndsARequestAfterSomeFramesAndGoesOnInTheNext() {
		TestDialect.Peer connection;
		int length = 0;
		try (XhrPeer.Stream stream = this.peer.stream()) {
			assertThat(stream.next()).isEqualTo("o");
			connection = server.dialect().next();
			for (int i = 0; i < 100; i++) {
				connection.write("x".repeat(10_000));
			}
			for (String frame = stream.next(); frame != null; frame = stream.next()) {
				length += TextPeer.unframe(frame).length();
			}
			assertThat(length).isBetween(120_000, 140_000);
		}
		assertThat(this.peer.streamText(1_000_000 - length)).matches("x+").hasSize(1_000_000 - length);
		await().untilAsserted(() -> assertThat(connection.completions).hasSize(100).containsOnly(true));
	}

	@Test
	void streamingEchoesALargeMessage() {
		try (XhrPeer.Stream stream = this.peer.stream()) {
			assertThat(stream.next()).isEqualTo("o");
			this.peer.send(LARGE);
			StringBuilder text = new StringBuilder();
			for (String frame = stream.next(); frame != null && text.length() < LARGE.length(); frame = stream.next()) {
				text.append(TextPeer.unframe(frame));
			}
			if (text.length() < LARGE.length()) {
				text.append(this.peer.streamText(LARGE.length() - text.length()));
			}
			assertThat(text.toString()).isEqualTo(LARGE);
		}
	}

	@Test
	void aSecondRequestForFramesIsRefusedAndTheFirstGoesOn() {
		try (XhrPeer.Stream stream = this.peer.stream()) {
			assertThat(stream.next()).isEqualTo("o");
			assertThat(this.peer.poll()).isEqualTo("c[2010,\"Another connection still open\"]");
			this.peer.send("x");
			assertThat(stream.next()).isEqualTo("a[\"x\"]");
		}
	}

	@Test
	void aReaderThatDoesNotReadHoldsUpNobody() {
		String stalledSession = "/boot/000/stalled/xhr_streaming";
		try (RawSocket stalled = server.http().socket()) {
			stalled.sendBytes(("POST " + stalledSession + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.http().port()
					+ "\r\nContent-Length: 0\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			TestDialect.Peer connection = server.dialect().next();
			// more than any socket's buffers take
			connection.write("x".repeat(33_554_432));
			assertThat(this.peer.poll()).isEqualTo("o");
			this.peer.send(LARGE);
			assertThat(this.peer.pollText(LARGE.length())).isEqualTo(LARGE);
			assertThat(connection.completions).isEmpty();
			connection.transport().close(4008, "too slow");
			await().untilAsserted(() -> assertThat(connection.ends).hasPositiveValue());
			assertThat(connection.completions).containsExactly(false);
		}
	}

	// --- the end of a session

	@Test
	void aBrokenRequestEndsTheSession() {
		TestDialect.Peer connection;
		try (RawSocket socket = server.http().socket()) {
			socket.sendBytes(("POST /boot/000/aborts/xhr_streaming HTTP/1.1\r\nHost: 127.0.0.1:" + server.http().port()
					+ "\r\nContent-Length: 0\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			connection = server.dialect().next();
			socket.cut();
		}
		await().untilAsserted(() -> {
			// the container notices when it writes
			connection.write("anybody there?");
			assertThat(connection.ends).hasPositiveValue();
		});
		// the last one before may still have left
		connection.write("too late");
		assertThat(connection.completions).endsWith(false);
		assertThat(new XhrPeer(server, "aborts").poll()).isEqualTo("c[1002,\"Connection interrupted\"]");
	}

	@Test
	void aSessionWithoutARequestEndsAfterSomeSeconds() {
		assertThat(this.peer.poll()).isEqualTo("o");
		TestDialect.Peer connection = server.dialect().next();
		connection.write("nobody takes this");
		await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(connection.ends).hasPositiveValue());
		assertThat(connection.completions).containsExactly(false);
		assertThat(this.peer.sendRaw("[\"late\"]").statusCode()).isEqualTo(404);
		assertThat(connection.received()).isEmpty();
		await().atMost(Duration.ofSeconds(15)).until(() -> this.peer.poll().equals("o"));
	}

	@Test
	void saysWhyItClosesToARequestThatWaits() {
		try (XhrPeer.Stream stream = this.peer.stream()) {
			assertThat(stream.next()).isEqualTo("o");
			TestDialect.Peer connection = server.dialect().next();
			connection.transport().close(4008, "rubbish");
			assertThat(stream.next()).isEqualTo("c[4008,\"rubbish\"]");
			assertThat(stream.next()).isNull();
			await().untilAsserted(() -> assertThat(connection.ends).hasValue(1));
		}
	}

	@Test
	void saysWhyItClosedToTheNextRequest() {
		assertThat(this.peer.poll()).isEqualTo("o");
		TestDialect.Peer connection = server.dialect().next();
		connection.transport().close(4008, "rubbish");
		await().untilAsserted(() -> assertThat(connection.ends).hasValue(1));
		assertThat(this.peer.poll()).isEqualTo("c[4008,\"rubbish\"]");
		assertThat(this.peer.sendRaw("[\"x\"]").statusCode()).isEqualTo(404);
	}

	@Test
	void answersASuspendedPeerWhenItResumes() {
		server.dialect().echo(false);
		assertThat(this.peer.poll()).isEqualTo("o");
		TestDialect.Peer connection = server.dialect().next();
		assertThat(connection.transport().suspend()).isTrue();
		CompletableFuture<Integer> answer = CompletableFuture
			.supplyAsync(() -> this.peer.sendRaw("[\"text\"]").statusCode());
		await().untilAsserted(() -> assertThat(connection.received()).isEqualTo("text"));
		XhrPeer healthy = new XhrPeer(server, "healthy" + sessions++);
		assertThat(healthy.poll()).isEqualTo("o");
		healthy.send("hello");
		assertThat(answer).isNotDone();
		connection.transport().resume();
		assertThat(answer.join()).isEqualTo(204);
	}

	@Test
	void answersEachTimeHoweverOftenItIsSuspendedAndResumed() {
		server.dialect().echo(false);
		assertThat(this.peer.poll()).isEqualTo("o");
		TestDialect.Peer connection = server.dialect().next();
		for (int round = 0; round < 50; round++) {
			CompletableFuture<Integer> answer = CompletableFuture
				.supplyAsync(() -> this.peer.sendRaw("[\"text\"]").statusCode());
			while (!answer.isDone()) {
				connection.transport().suspend();
				connection.transport().resume();
			}
			assertThat(answer.join()).isEqualTo(204);
		}
		assertThat(connection.received()).hasSize(50 * "text".length());
	}

	@Test
	void endsWithTheApplication() {
		try (SockJsServer stopping = new SockJsServer()) {
			XhrPeer streaming = new XhrPeer(stopping, "stops");
			try (XhrPeer.Stream stream = streaming.stream()) {
				assertThat(stream.next()).isEqualTo("o");
				new XhrPeer(stopping, "polls").poll();
				long before = System.nanoTime();
				stopping.close();
				assertThat(stream.next()).isEqualTo("c[4013,\"shutdown\"]");
				assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
			}
		}
	}

}
