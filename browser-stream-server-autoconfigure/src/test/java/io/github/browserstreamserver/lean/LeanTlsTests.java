/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.TestServer;
import io.github.browserstreamserver.websocket.StreamConnections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The lean transport over TLS, on a connector that speaks HTTP/2 as well.
 */
@ExtendWith(OutputCaptureExtension.class)
class LeanTlsTests {

	private static final String PASSWORD = "changeit";

	@TempDir
	private static Path directory;

	private static HttpClient client;

	private static TestServer server;

	@BeforeAll
	static void start() throws Exception {
		Path keys = directory.resolve("keys.p12");
		makeKeys(keys);
		client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(trusting(keys)).build();
		server = TestServer.start(LeanEndpointTests.Application.class, "browser-stream-server.transport=lean",
				"server.http2.enabled=true", "server.ssl.key-store=" + keys.toUri(),
				"server.ssl.key-store-password=" + PASSWORD);
	}

	private static void makeKeys(Path keys) throws IOException, InterruptedException {
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		Process process = new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", "test", "-keyalg", "EC",
				"-dname", "CN=localhost", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", PASSWORD,
				"-keystore", keys.toString())
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("keytool.txt").toFile())
			.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(() -> read(directory.resolve("keytool.txt"))).isZero();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private static SSLContext trusting(Path keys) throws GeneralSecurityException, IOException {
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("test",
				KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()).getCertificate("test"));
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, factory.getTrustManagers(), null);
		return context;
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
	}

	@Test
	void passesLargeMessagesBothWays() {
		byte[] message = new byte[3_000_000];
		new Random(1).nextBytes(message);
		try (RawPeer host = peer().listen("large"); RawPeer guest = peer()) {
			guest.send(RawFrame.connect(1, "large"));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream));
			guest.next(RawFrame.ACCEPT, 1);
			send(guest, 1, host, stream, message);
			send(host, stream, guest, 1, message);
		}
	}

	private static void send(RawPeer from, int fromStream, RawPeer to, int toStream, byte[] message) {
		CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> from.write(fromStream, message));
		assertThat(to.read(toStream)).isEqualTo(message);
		sent.join();
	}

	@Test
	void passesManySmallMessages() {
		try (RawPeer host = peer().listen("small"); RawPeer guest = peer()) {
			guest.send(RawFrame.connect(1, "small"));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream));
			// as many as the first credit allows
			for (int number = 0; number < 180; number++) {
				guest.send(RawFrame.text(1, "number " + number));
			}
			for (int number = 0; number < 180; number++) {
				assertThat(host.next(RawFrame.DATA, stream).text()).isEqualTo("number " + number);
			}
		}
	}

	@Test
	void answersAtOnceAgainAndAgain() {
		try (RawPeer peer = peer()) {
			for (int number = 0; number < 1_000; number++) {
				peer.roundTrip("number " + number);
			}
		}
	}

	@Test
	void readsAMessageLargerThanItReadsAtATime() {
		RawFrame[] pings = new RawFrame[60_000];
		for (int index = 0; index < pings.length; index++) {
			pings[index] = RawFrame.ping("0123456789012345678901234567890123456789");
		}
		pings[pings.length - 1] = RawFrame.ping("the last");
		try (RawPeer peer = peer()) {
			peer.send(pings);
			peer.roundTrip("and on");
		}
	}

	@Test
	void agreesWithThePeerAboutTheEnd() {
		RawPeer peer = peer();
		peer.leave();
		assertThat(peer.closed().code()).isEqualTo(1000);
	}

	@Test
	void closesWith1003OnATextMessage() {
		try (RawPeer peer = peer()) {
			peer.sendText("x");
			assertThat(peer.closed().code()).isEqualTo(1003);
		}
	}

	@Test
	void servesHttp2OnTheSameConnectorAfterwards() throws Exception {
		for (int round = 0; round < 100; round++) {
			peer().leave();
		}
		for (int round = 0; round < 20; round++) {
			HttpResponse<String> response = client.send(HttpRequest
				.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/browser-server/client.js"))
				.timeout(Duration.ofSeconds(20))
				.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).contains("export");
		}
	}

	private static RawPeer peer() {
		return RawPeer
			.connect(client, URI.create("wss://127.0.0.1:" + server.port() + "/browser-server"),
					(builder) -> builder.subprotocols(RawPeer.SUBPROTOCOL))
			.hello();
	}

}
