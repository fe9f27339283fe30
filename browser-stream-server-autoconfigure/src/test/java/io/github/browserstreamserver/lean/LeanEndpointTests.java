/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.concurrent.atomic.AtomicLong;

import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.RawSocket;
import io.github.browserstreamserver.testing.RawSocket.Response;
import io.github.browserstreamserver.testing.RawSocket.WebSocketFrame;
import io.github.browserstreamserver.testing.TestServer;
import io.github.browserstreamserver.websocket.StreamConnections;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The lean transport on a real Tomcat, byte by byte. Whatever a peer does in these tests,
 * nothing of it may be in the log at WARN or above.
 */
@ExtendWith(OutputCaptureExtension.class)
class LeanEndpointTests {

	private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol: " + RawPeer.SUBPROTOCOL;

	private static final String PATH = "/browser-server";

	private static final int BINARY = 0x2;

	private static final int CLOSE = 0x8;

	private static final int PONG = 0xa;

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class, "browser-stream-server.transport=lean");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void nothingThatAPeerDoesIsWorthAWarning(CapturedOutput output) {
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread");
	}

	@AfterEach
	void nothingIsLeftOfAPeer() {
		await().untilAsserted(() -> assertThat(server.bean(StreamConnections.class).count()).isZero());
		await().untilAsserted(() -> assertThat(connectionsOfTomcat()).isZero());
	}

	private static long connectionsOfTomcat() {
		TomcatWebServer tomcat = (TomcatWebServer) ((ServletWebServerApplicationContext) server.context())
			.getWebServer();
		AbstractProtocol<?> protocol = (AbstractProtocol<?>) tomcat.getTomcat().getConnector().getProtocolHandler();
		// the one that Tomcat accepts next is counted already
		return Math.max(0, protocol.getConnectionCount() - 1);
	}

	// --- the handshake

	@Test
	void answersTheKeyOfTheRfcsExample() {
		try (RawSocket socket = server.socket()) {
			Response response = handshake(socket, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
			assertThat(response.status()).isEqualTo(101);
			assertThat(response.headers()).containsEntry("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
				.containsEntry("Sec-WebSocket-Protocol", RawPeer.SUBPROTOCOL);
			assertThat(response.headers().get("Upgrade")).isEqualToIgnoringCase("websocket");
			assertThat(response.headers().get("Connection")).isEqualToIgnoringCase("upgrade");
			assertThat(response.headers()).doesNotContainKeys("Sec-WebSocket-Extensions", "Content-Length",
					"Transfer-Encoding");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-No-Key: 1", "Sec-WebSocket-Key:", "Sec-WebSocket-Key: not base64 at all!!",
			"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA",
			"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAA=", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==dGhl" })
	void answers400ToAKeyThatIsNot16BytesInBase64(String key) {
		try (RawSocket socket = server.socket()) {
			assertThat(handshake(socket, key).status()).isEqualTo(400);
		}
	}

	@Test
	void readsWhatComesInThePacketOfTheHandshake() {
		try (RawSocket socket = server.socket()) {
			byte[] frames = ClientFrame.bytes(hello(), ClientFrame.ping((byte) 1));
			assertThat(socket.exchange(join(request(), frames)).status()).isEqualTo(101);
			assertThat(socket.readFrame().opcode()).isEqualTo(BINARY);
			assertPong(socket, (byte) 1);
		}
	}

	@Test
	void readsMoreBehindTheHandshakeThanTomcatsBuffersHold() {
		try (RawSocket socket = server.socket()) {
			RawFrame[] pings = new RawFrame[3_000];
			Arrays.fill(pings, RawFrame.ping("0123456789"));
			pings[0] = RawFrame.hello();
			byte[] frames = ClientFrame.bytes(ClientFrame.binary(RawFrame.bytes(pings)), ClientFrame.ping((byte) 1));
			assertThat(socket.exchange(join(request(), frames)).status()).isEqualTo(101);
			WebSocketFrame frame = behindMessages(socket);
			assertThat(frame.opcode()).isEqualTo(PONG);
		}
	}

	@Test
	void readsAFrameOfWhichAPartComesInThePacketOfTheHandshake() {
		byte[] frame = ClientFrame.ping((byte) 1, (byte) 2, (byte) 3).bytes();
		for (int cut = 1; cut < frame.length; cut++) {
			try (RawSocket socket = server.socket()) {
				socket.exchange(join(request(), Arrays.copyOf(frame, cut)));
				assertThat(socket.readFrame().opcode()).isEqualTo(BINARY);
				socket.sendBytes(Arrays.copyOfRange(frame, cut, frame.length));
				assertPong(socket, (byte) 1, (byte) 2, (byte) 3);
			}
		}
	}

	@Test
	void readsEachByteInAPacketOfItsOwnFromTheFirstOfTheHandshake() {
		try (RawSocket socket = server.socket()) {
			socket.sendByteByByte(request());
			assertThat(socket.exchange(new byte[0]).status()).isEqualTo(101);
			assertThat(socket.readFrame().opcode()).isEqualTo(BINARY);
			byte[] message = RawFrame.bytes(RawFrame.hello(), RawFrame.listen(1, "slowly"));
			socket.sendByteByByte(ClientFrame.bytes(ClientFrame.begin(Arrays.copyOf(message, 3)),
					ClientFrame.ping((byte) 7), ClientFrame.end(Arrays.copyOfRange(message, 3, message.length))));
			assertPong(socket, (byte) 7);
			await().until(() -> server.bean(ProxyRegistry.class).find("slowly").isPresent());
			socket.sendByteByByte(ClientFrame.close(1000).bytes());
			assertThat(behindMessages(socket).opcode()).isEqualTo(CLOSE);
		}
	}

	// --- frames

	/** As RFC 6455 allows (5.5.3), so that a flood of pings costs one write a read. */
	@Test
	void answersTheLastOfManyPingsInOnePacket() {
		try (RawSocket socket = open()) {
			List<ClientFrame> frames = new ArrayList<>();
			for (int number = 0; number < 100; number++) {
				frames.add(ClientFrame.ping((byte) number));
			}
			socket.sendBytes(ClientFrame.bytes(frames.toArray(ClientFrame[]::new)));
			assertPong(socket, (byte) 99);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 124, 125 })
	void answersAPingWithItsPayload(int length) {
		byte[] payload = new byte[length];
		new Random(length).nextBytes(payload);
		try (RawSocket socket = open()) {
			socket.sendBytes(ClientFrame.ping(payload).bytes());
			assertPong(socket, payload);
		}
	}

	@Test
	void answersAPingBetweenFragmentsAndGoesOnWithTheMessage() {
		try (RawSocket socket = open()) {
			byte[] message = RawFrame.bytes(RawFrame.hello(), RawFrame.ping("whole"));
			socket.sendBytes(ClientFrame.begin(Arrays.copyOf(message, 5)).bytes());
			socket.sendBytes(ClientFrame.ping((byte) 1, (byte) 2).bytes());
			assertPong(socket, (byte) 1, (byte) 2);
			socket.sendBytes(ClientFrame.bytes(ClientFrame.middle(), ClientFrame.ping((byte) 3)));
			assertPong(socket, (byte) 3);
			socket.sendBytes(ClientFrame.end(Arrays.copyOfRange(message, 5, message.length)).bytes());
			WebSocketFrame answer = socket.readFrame();
			assertThat(answer.opcode()).isEqualTo(BINARY);
			assertThat(new String(answer.payload(), StandardCharsets.UTF_8)).endsWith("whole");
		}
	}

	@Test
	void doesNotAnswerAPong() {
		try (RawSocket socket = open()) {
			socket.sendBytes(ClientFrame.bytes(ClientFrame.pong((byte) 1), ClientFrame.ping((byte) 2)));
			assertPong(socket, (byte) 2);
		}
	}

	@Test
	void holdsNoMoreThanTheLastPongForAPeerThatDoesNotRead() {
		try (RawSocket socket = open()) {
			byte[] pings = new byte[131 * 8_000];
			for (int number = 0; number < 8_000; number++) {
				byte[] payload = new byte[125];
				payload[0] = (byte) (number >> 8);
				payload[1] = (byte) number;
				System.arraycopy(ClientFrame.ping(payload).bytes(), 0, pings, number * 131, 131);
			}
			for (int round = 0; round < 20; round++) {
				socket.sendBytes(pings);
			}
			socket.sendBytes(ClientFrame.ping((byte) -1).bytes());
			WebSocketFrame pong = socket.readFrame();
			while (pong.payload().length == 125) {
				pong = socket.readFrame();
			}
			assertThat(pong.payload()).containsExactly(-1);
		}
	}

	// --- the peer closes first

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1002, 1011, 1014, 3000, 4000, 4999 })
	void echoesThePeersCodeAndClosesTcp(int code) {
		try (RawSocket socket = open()) {
			long start = System.nanoTime();
			socket.sendBytes(ClientFrame.close(code, (byte) 'x').bytes());
			assertThat(closeCode(socket)).isEqualTo(code);
			assertThat(socket.isAtEnd()).isTrue();
			assertThat(secondsSince(start)).isLessThan(1.5);
		}
	}

	@Test
	void answersACloseFrameWithoutACodeWithoutACode() {
		try (RawSocket socket = open()) {
			socket.sendBytes(ClientFrame.close().bytes());
			WebSocketFrame close = socket.readFrame();
			assertThat(close.opcode()).isEqualTo(CLOSE);
			assertThat(close.payload()).isEmpty();
			assertThat(socket.isAtEnd()).isTrue();
		}
	}

	@Test
	void takesACloseFrameInsideAMessageAndReadsNothingBehindIt() {
		try (RawSocket socket = open()) {
			socket.sendBytes(ClientFrame.bytes(ClientFrame.begin(RawFrame.bytes(RawFrame.hello())),
					ClientFrame.close(1001), ClientFrame.ping((byte) 1), ClientFrame.of(0xff).withoutMask()));
			assertThat(closeCode(socket)).isEqualTo(1001);
			assertThat(socket.isAtEnd()).isTrue();
		}
	}

	@Test
	void takesACloseFrameInThePacketOfTheHandshake() {
		try (RawSocket socket = server.socket()) {
			socket.exchange(join(request(), ClientFrame.close(1000).bytes()));
			assertThat(behindMessages(socket).opcode()).isEqualTo(CLOSE);
			assertThat(socket.isAtEnd()).isTrue();
		}
	}

	@Test
	void finishesTheMessageThatIsStuckAndThenAnswersTheCloseFrame() throws InterruptedException {
		try (RawPeer host = server.peer().listen("stuck"); RawSocket socket = open()) {
			stuck(host, socket, "stuck");
			socket.sendBytes(ClientFrame.close(1000).bytes());
			WebSocketFrame frame = behindMessages(socket);
			assertThat(frame.opcode()).isEqualTo(CLOSE);
			assertThat(frame.payload()).containsExactly(3, 0xe8);
			assertThat(socket.isAtEnd()).isTrue();
		}
	}

	@Test
	void givesUpAPeerThatClosesWhileAMessageIsStuckAndDoesNotRead() throws InterruptedException {
		try (RawPeer host = server.peer().listen("deaf"); RawSocket socket = open()) {
			int stream = stuck(host, socket, "deaf");
			long start = System.nanoTime();
			socket.sendBytes(ClientFrame.close(1000).bytes());
			host.next(RawFrame.RESET, stream);
			await().untilAsserted(() -> assertThat(server.bean(StreamConnections.class).count()).isOne());
			assertThat(secondsSince(start)).isLessThan(5);
		}
	}

	@Test
	void givesUpAPeerThatBreaksTheProtocolWhileAMessageIsStuck() throws InterruptedException {
		try (RawPeer host = server.peer().listen("broken"); RawSocket socket = open()) {
			int stream = stuck(host, socket, "broken");
			long start = System.nanoTime();
			socket.sendBytes(ClientFrame.of(0xff).bytes());
			host.next(RawFrame.RESET, stream);
			await().untilAsserted(() -> assertThat(server.bean(StreamConnections.class).count()).isOne());
			assertThat(secondsSince(start)).isLessThan(5);
		}
	}

	// --- the server closes first

	static Stream<ClientFrame> brokenFrames() {
		return Stream.of(ClientFrame.binary((byte) 1).withoutMask(), ClientFrame.of(0xc2), ClientFrame.of(0x83),
				ClientFrame.of(0x8b), ClientFrame.of(0x09), ClientFrame.ping(new byte[126]), ClientFrame.end((byte) 1),
				ClientFrame.binary().withLength(127, -1), ClientFrame.binary(new byte[5]).withLength(126, 5),
				ClientFrame.close((byte) 3), ClientFrame.close(1005), ClientFrame.close(999));
	}

	@ParameterizedTest
	@MethodSource("brokenFrames")
	void closesWith1002OnABrokenFrameAndThenTcpWhenThePeerAnswers(ClientFrame frame) {
		try (RawSocket socket = open()) {
			long start = System.nanoTime();
			socket.sendBytes(ClientFrame.bytes(ClientFrame.ping((byte) 1), frame));
			assertPong(socket, (byte) 1);
			assertThat(closeCode(socket)).isEqualTo(1002);
			socket.sendBytes(ClientFrame.close(1002).bytes());
			assertThat(socket.isAtEnd()).isTrue();
			assertThat(secondsSince(start)).isLessThan(1.5);
		}
	}

	@Test
	void closesWith1007OnAReasonThatIsNotUtf8() {
		try (RawSocket socket = open()) {
			socket.sendBytes(ClientFrame.close(1000, (byte) 0xff).bytes());
			assertThat(closeCode(socket)).isEqualTo(1007);
		}
	}

	@Test
	void takesNothingForFramesThatFollowsABrokenOne() {
		try (RawSocket socket = open()) {
			socket.sendBytes(ClientFrame.bytes(ClientFrame.of(0xc2),
					ClientFrame.binary(RawFrame.bytes(RawFrame.hello(), RawFrame.listen(1, "never")))));
			assertThat(closeCode(socket)).isEqualTo(1002);
			socket.sendBytes(ClientFrame.bytes(ClientFrame.binary(RawFrame.bytes(RawFrame.listen(1, "never"))),
					ClientFrame.ping()));
			assertThat(socket.isAtEnd()).isTrue();
			assertThat(server.bean(ProxyRegistry.class).find("never")).isEmpty();
		}
	}

	@Test
	void closesWith1003OnATextMessageAndThenTcpWhenThePeerAnswers() {
		try (RawSocket socket = open()) {
			long start = System.nanoTime();
			socket.sendBytes(ClientFrame.text((byte) 'x').bytes());
			assertThat(closeCode(socket)).isEqualTo(1003);
			socket.sendBytes(ClientFrame.close(1003).bytes());
			assertThat(socket.isAtEnd()).isTrue();
			assertThat(secondsSince(start)).isLessThan(1.5);
		}
	}

	@Test
	void givesAPeerThatDoesNotAnswerTheCloseFrameAWhileAndThenClosesTcp() {
		try (RawSocket socket = open()) {
			socket.sendBytes(ClientFrame.text((byte) 'x').bytes());
			assertThat(closeCode(socket)).isEqualTo(1003);
			long start = System.nanoTime();
			assertThat(socket.isAtEnd()).isTrue();
			assertThat(secondsSince(start)).isBetween(1.0, 5.0);
		}
	}

	@Test
	void doesNotAnswerAPeerThatGoesOnAfterTheCloseFrame() {
		try (RawSocket socket = open()) {
			socket.sendBytes(ClientFrame.text((byte) 'x').bytes());
			assertThat(closeCode(socket)).isEqualTo(1003);
			byte[] message = RawFrame.bytes(RawFrame.hello(), RawFrame.listen(1, "late"), RawFrame.ping("late"));
			socket.sendBytes(ClientFrame.bytes(ClientFrame.ping((byte) 1), ClientFrame.binary(message),
					ClientFrame.text((byte) 'y'), ClientFrame.close(1000)));
			assertThat(socket.isAtEnd()).isTrue();
			assertThat(server.bean(ProxyRegistry.class).find("late")).isEmpty();
		}
	}

	// --- TCP

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 6 })
	void closesWhenThePeerSendsNoMoreWithoutACloseFrame(int length) {
		try (RawSocket socket = open()) {
			long start = System.nanoTime();
			socket.sendBytes(Arrays.copyOf(ClientFrame.binary(new byte[4]).bytes(), length));
			socket.sendNoMore();
			assertThat(socket.isAtEnd()).isTrue();
			assertThat(secondsSince(start)).isLessThan(1.5);
		}
	}

	@Test
	void answersTheCloseFrameOfAPeerThatSendsNoMoreBehindIt() {
		try (RawSocket socket = open()) {
			socket.sendBytes(ClientFrame.close(1000).bytes());
			socket.sendNoMore();
			assertThat(closeCode(socket)).isEqualTo(1000);
			assertThat(socket.isAtEnd()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 7, 9 })
	void forgetsAPeerThatResetsTheConnection(int length) {
		try (RawSocket socket = open()) {
			await().untilAsserted(() -> assertThat(server.bean(StreamConnections.class).count()).isOne());
			socket.sendBytes(Arrays.copyOf(ClientFrame.binary(new byte[4]).bytes(), length));
			socket.cut();
			await().untilAsserted(() -> assertThat(server.bean(StreamConnections.class).count()).isZero());
		}
	}

	// --- what Tomcat does with its objects afterwards

	@Test
	void leavesTomcatAbleToServeHttpAfterManyWebSockets() {
		for (int round = 0; round < 4; round++) {
			List<RawSocket> sockets = new ArrayList<>();
			for (int count = 0; count < 50; count++) {
				sockets.add(open());
			}
			sockets.forEach((socket) -> socket.sendBytes(ClientFrame.close(1000).bytes()));
			sockets.forEach((socket) -> assertThat(closeCode(socket)).isEqualTo(1000));
			sockets.forEach(RawSocket::close);
		}
		List<RawSocket> sockets = new ArrayList<>();
		for (int count = 0; count < 60; count++) {
			sockets.add(server.socket());
		}
		String script = null;
		for (int round = 0; round < 10; round++) {
			for (RawSocket socket : sockets) {
				Response response = socket.get(PATH + "/client.js", "Connection: keep-alive");
				assertThat(response.status()).isEqualTo(200);
				script = (script != null) ? script : response.body();
				assertThat(response.body()).isEqualTo(script).isNotEmpty();
			}
		}
		sockets.forEach(RawSocket::close);
	}

	// ---

	/**
	 * Makes a peer get more than it reads.
	 * @return the host's stream to it
	 */
	private static int stuck(RawPeer host, RawSocket socket, String name) {
		socket.sendBinary(RawFrame.hello(), RawFrame.connect(1, name), RawFrame.credit(1, 100_000_000));
		int stream = host.next(RawFrame.OPEN).stream();
		host.send(RawFrame.accept(stream));
		Thread flood = new Thread(() -> assertThatExceptionOfType(Throwable.class)
			.isThrownBy(() -> host.write(stream, new byte[50_000_000])), "flood");
		flood.setDaemon(true);
		flood.start();
		AtomicLong passed = new AtomicLong();
		await().during(Duration.ofMillis(300)).until(() -> {
			long now = server.bean(ProxyRegistry.class).find(name).orElseThrow().bytesFromHost();
			return now > 0 && passed.getAndSet(now) == now;
		});
		assertThat(passed.get()).isBetween(100_000L, 40_000_000L);
		return stream;
	}

	private static RawSocket open() {
		RawSocket socket = server.socket();
		assertThat(socket.upgrade(PATH, SUBPROTOCOL).status()).isEqualTo(101);
		assertThat(socket.readFrame().opcode()).isEqualTo(BINARY);
		return socket;
	}

	private static Response handshake(RawSocket socket, String key) {
		return socket.get(PATH, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", SUBPROTOCOL,
				key);
	}

	private static byte[] request() {
		return ("GET " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nConnection: Upgrade\r\n"
				+ "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + SUBPROTOCOL + "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	private static ClientFrame hello() {
		return ClientFrame.binary(RawFrame.bytes(RawFrame.hello()));
	}

	private static byte[] join(byte[] one, byte[] other) {
		byte[] both = Arrays.copyOf(one, one.length + other.length);
		System.arraycopy(other, 0, both, one.length, other.length);
		return both;
	}

	private static void assertPong(RawSocket socket, byte... payload) {
		WebSocketFrame pong = socket.readFrame();
		assertThat(pong.opcode()).isEqualTo(PONG);
		assertThat(pong.payload()).isEqualTo(payload);
	}

	private static WebSocketFrame behindMessages(RawSocket socket) {
		WebSocketFrame frame = socket.readFrame();
		while (frame.opcode() == BINARY) {
			frame = socket.readFrame();
		}
		return frame;
	}

	private static int closeCode(RawSocket socket) {
		WebSocketFrame close = socket.readFrame();
		assertThat(close.opcode()).isEqualTo(CLOSE);
		return (close.payload()[0] & 0xff) << 8 | close.payload()[1] & 0xff;
	}

	private static double secondsSince(long start) {
		return (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
