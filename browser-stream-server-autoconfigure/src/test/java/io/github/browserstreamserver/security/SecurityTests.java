/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.security;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.RawSocket;
import io.github.browserstreamserver.testing.RawSocket.Response;
import io.github.browserstreamserver.testing.TestServer;
import io.github.browserstreamserver.testing.TestTransport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who may what with Spring Security, from the handshake on, in the application of
 * {@code docs/configuration.md}.
 */
@Tag("transport")
@ExtendWith(OutputCaptureExtension.class)
class SecurityTests {

	private static final int NAME_TAKEN = 2;

	private static final int REFUSED = 3;

	private static final int HOST_GONE = 6;

	private static final int REPLACED = 14;

	private static final byte[] KEY = "a key that both of them know".getBytes(StandardCharsets.UTF_8);

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(SecuredApplication.class, "spring.autoconfigure.exclude=");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void everybodyIsAsBeforeAndNothingWasWorthAWarning(CapturedOutput output) {
		users().updateUser(SecuredApplication.user("alice"));
		users().updateUser(SecuredApplication.user("bob", "EDITOR"));
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread", "secret");
	}

	private static InMemoryUserDetailsManager users() {
		return server.bean(InMemoryUserDetailsManager.class);
	}

	private static String basic(String user, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	private static RawPeer peer(String user) {
		return RawPeer
			.connect(server.endpoint(),
					(builder) -> builder.subprotocols(RawPeer.SUBPROTOCOL)
						.header("Authorization", basic(user, "secret")))
			.hello();
	}

	private static void rightsChanged(String user) {
		server.bean(ProxyRegistry.class)
			.rightsChanged((peer) -> peer.principal() != null && peer.principal().getName().equals(user));
	}

	private static void assertReset(RawFrame reset, int code, String reason) {
		assertThat(reset.number()).isEqualTo(code);
		assertThat(reset.text().substring(1)).isEqualTo(reason);
	}

	// --- the handshake

	@Test
	void aHandshakeOfNobodyIsAnswered401() {
		for (String header : new String[] { "X-Nothing: here", "Authorization: " + basic("alice", "wrong"),
				"Authorization: " + basic("nobody", "secret"), "Authorization: Bearer secret",
				"Cookie: JSESSIONID=1" }) {
			try (RawSocket socket = server.socket()) {
				assertThat(socket.upgrade("/browser-server", "Sec-WebSocket-Protocol: " + RawPeer.SUBPROTOCOL, header)
					.status()).as(header).isEqualTo(401);
			}
		}
	}

	@Test
	void theClientItselfIsForEverybody() {
		try (RawSocket socket = server.socket()) {
			assertThat(socket.get("/browser-server/client.js").status()).isEqualTo(200);
		}
	}

	@Test
	void aHandshakeWithASessionIsOfItsUser() throws Exception {
		HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		get(browser, "/log-in", "bob");
		try (RawPeer peer = RawPeer.connect(browser, server.endpoint(),
				(builder) -> builder.subprotocols(RawPeer.SUBPROTOCOL))) {
			peer.hello().listen("news/by-session");
			peer.send(RawFrame.listen(3, "user/alice/by-session"));
			assertReset(peer.next(RawFrame.RESET, 3), REFUSED, "this name is another user's");
		}
	}

	// --- why a handshake was refused

	private static Response ask(String method, String path, String... headers) {
		try (RawSocket socket = server.socket()) {
			return socket.request(method, path, headers);
		}
	}

	@Test
	void nobodyWhoAsksWhyIsAnswered401AsTheHandshakeIs() {
		assertThat(ask("POST", "/browser-server").status()).isEqualTo(401);
		assertThat(ask("POST", "/browser-server", "Authorization: " + basic("alice", "wrong")).status()).isEqualTo(401);
	}

	@Test
	void aUserMayAskWhyWithoutACsrfToken() {
		Response response = ask("POST", "/browser-server", "Authorization: " + basic("alice", "secret"),
				"Origin: " + server.origin());
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("{\"service\":\"browser-stream-server\",\"status\":200}");
	}

	@Test
	void aUserOnAForeignPageIsToldThatItsOriginIsRefused() {
		Response response = ask("POST", "/browser-server", "Authorization: " + basic("alice", "secret"),
				"Origin: https://evil.example");
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.body()).contains("\"code\":\"REFUSED\"", "allowed-origins");
		assertThat(response.headers()).containsEntry("Access-Control-Allow-Origin", "https://evil.example");
	}

	@Test
	void noOtherPostIsFreeOfTheCsrfToken() {
		for (String path : new String[] { "/browser-server/client.js", "/browser-server/", "/log-in", "/elsewhere" }) {
			// 401, as Spring Security looks for a token before it looks who it is
			assertThat(ask("POST", path, "Authorization: " + basic("alice", "secret")).status()).as(path)
				.isEqualTo(401);
		}
	}

	private static void get(HttpClient browser, String path, String user) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(server.origin() + path))
			.header("Authorization", basic(user, "secret"))
			.build();
		assertThat(browser.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
	}

	// --- the streams

	@Test
	void everybodyWhoHasLoggedInMayConnect() {
		try (RawPeer host = peer("bob").listen("news/today"); RawPeer client = peer("eve")) {
			client.send(RawFrame.connect(1, "news/today"), RawFrame.text(1, "hello"));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream), RawFrame.text(stream, "welcome"));
			assertThat(host.next(RawFrame.DATA, stream).text()).isEqualTo("hello");
			assertThat(client.next(RawFrame.DATA, 1).text()).isEqualTo("welcome");
		}
	}

	@Test
	void whoLacksTheRoleIsRefusedWithTheReasonAndTheRestGoesOn() {
		try (RawPeer peer = peer("alice")) {
			peer.send(RawFrame.listen(1, "news/today"));
			assertReset(peer.next(RawFrame.RESET, 1), REFUSED, "only editors listen here");
			peer.send(RawFrame.listen(3, "anything else"));
			peer.next(RawFrame.ACCEPT, 3);
		}
	}

	@Test
	void aUsersNamesAreTheUsersAlone() {
		try (RawPeer alice = peer("alice").listen("user/alice/room"); RawPeer bob = peer("bob")) {
			String[] others = { "user/alice/other", "user/alice", "user/", "user/bobby/x", "user/bob" };
			for (int each = 0; each < others.length; each++) {
				bob.send(RawFrame.listen(2 * each + 1, others[each]));
				assertReset(bob.next(RawFrame.RESET, 2 * each + 1), REFUSED, "this name is another user's");
			}
			bob.send(RawFrame.listen(101, "user/bob/room"), RawFrame.connect(103, "user/alice/room"));
			bob.next(RawFrame.ACCEPT, 101);
			alice.next(RawFrame.OPEN);
		}
	}

	@Test
	void aKeyTakesNoNameOfAnotherUserOver() {
		try (RawPeer bob = peer("bob"); RawPeer eve = peer("eve"); RawPeer again = peer("bob")) {
			bob.send(RawFrame.listen(1, "room", KEY));
			bob.next(RawFrame.ACCEPT, 1);
			eve.send(RawFrame.listen(1, "room", KEY));
			assertThat(eve.next(RawFrame.RESET, 1).number()).isEqualTo(NAME_TAKEN);
			bob.roundTrip("still here");
			assertThat(bob.hasReceived(RawFrame.RESET)).isFalse();
			again.send(RawFrame.listen(1, "room", KEY));
			again.next(RawFrame.ACCEPT, 1);
			assertThat(bob.next(RawFrame.RESET, 1).number()).isEqualTo(REPLACED);
		}
	}

	// --- rights that end

	@Test
	void aRoleThatEndsTakesTheNameAwayAndCutsItsStreams() {
		try (RawPeer host = peer("bob").listen("news/today"); RawPeer client = peer("eve")) {
			client.send(RawFrame.connect(1, "news/today"));
			int stream = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(stream), RawFrame.listen(3, "user/bob/room"));
			client.next(RawFrame.ACCEPT, 1);
			host.next(RawFrame.ACCEPT, 3);
			users().updateUser(SecuredApplication.user("bob"));
			rightsChanged("bob");
			assertReset(host.next(RawFrame.RESET, 1), REFUSED, "only editors listen here");
			assertThat(client.next(RawFrame.RESET, 1).number()).isEqualTo(HOST_GONE);
			await()
				.untilAsserted(() -> assertThat(server.bean(ProxyRegistry.class).names()).doesNotContain("news/today")
					.contains("user/bob/room"));
			host.send(RawFrame.listen(5, "news/today"));
			assertReset(host.next(RawFrame.RESET, 5), REFUSED, "only editors listen here");
		}
	}

	@Test
	void anAccountThatIsClosedCutsItsStreamsAndNobodyElses() {
		try (RawPeer host = peer("bob").listen("news/today");
				RawPeer alice = peer("alice");
				RawPeer eve = peer("eve")) {
			alice.send(RawFrame.connect(1, "news/today"));
			int hers = host.next(RawFrame.OPEN).stream();
			eve.send(RawFrame.connect(1, "news/today"));
			int others = host.next(RawFrame.OPEN).stream();
			host.send(RawFrame.accept(hers), RawFrame.accept(others));
			alice.next(RawFrame.ACCEPT, 1);
			eve.next(RawFrame.ACCEPT, 1);
			users().updateUser(User.withUserDetails(SecuredApplication.user("alice")).disabled(true).build());
			rightsChanged("alice");
			assertReset(alice.next(RawFrame.RESET, 1), REFUSED, "this account is closed");
			assertReset(host.next(RawFrame.RESET, hers), REFUSED, "this account is closed");
			eve.send(RawFrame.text(1, "still here"));
			assertThat(host.next(RawFrame.DATA, others).text()).isEqualTo("still here");
			alice.send(RawFrame.connect(3, "news/today"));
			assertReset(alice.next(RawFrame.RESET, 3), REFUSED, "this account is closed");
		}
	}

	@Test
	void aConnectionOutlivesItsSessionButOnTomcatsEngine() throws Exception {
		HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		get(browser, "/log-in", "bob");
		try (RawPeer peer = RawPeer.connect(browser, server.endpoint(),
				(builder) -> builder.subprotocols(RawPeer.SUBPROTOCOL))) {
			peer.hello().listen("news/outlives");
			get(browser, "/log-out", "bob");
			if (TestTransport.current() == TestTransport.STANDARD) {
				assertThat(peer.closed().code()).isEqualTo(1008);
				return;
			}
			peer.roundTrip("still here");
			// what an application can do about it
			users().updateUser(SecuredApplication.user("bob"));
			rightsChanged("bob");
			assertReset(peer.next(RawFrame.RESET, 1), REFUSED, "only editors listen here");
		}
	}

}
