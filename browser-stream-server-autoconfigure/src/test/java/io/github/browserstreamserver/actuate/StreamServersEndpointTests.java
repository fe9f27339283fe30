/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.actuate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.github.browserstreamserver.proxy.ListeningServer;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.RawSocket;
import io.github.browserstreamserver.testing.RawSocket.Response;
import io.github.browserstreamserver.testing.TestServer;
import io.github.browserstreamserver.testing.TestTransport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.test.json.JsonContent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The endpoint over HTTP, in an application that exposes it.
 */
@Tag("container")
class StreamServersEndpointTests {

	private static final String PATH = "/actuator/streamservers";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class, "management.endpoints.web.exposure.include=streamservers");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static Response get(String path) {
		try (RawSocket socket = server.socket()) {
			return socket.get(path);
		}
	}

	private static JsonContent json(Response response) {
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers().get("Content-Type")).contains("json");
		return new JsonContent(response.body());
	}

	private static ListeningServer listen(String name) {
		return server.bean(ProxyRegistry.class).listen(name, (stream) -> {
			Optional<Message> message = stream.receive();
			stream.send("12345");
			message.ifPresent((value) -> assertThat(value.text()).isEqualTo("123"));
		});
	}

	@Test
	void isAmongTheLinks() {
		assertThat(json(get("/actuator"))).extractingPath("$._links.streamservers.href")
			.asString()
			.isEqualTo(server.origin() + PATH);
	}

	@Test
	void listsNothingWhenNobodyListens() {
		assertThat(json(get(PATH))).extractingPath("$.servers").asArray().isEmpty();
	}

	@Test
	void listsServersSortedByName() {
		try (ListeningServer second = listen("b");
				ListeningServer third = listen("c");
				ListeningServer first = listen("a")) {
			assertThat(List.of(first.name(), second.name(), third.name())).containsExactly("a", "b", "c");
			assertThat(json(get(PATH))).extractingPath("$.servers[*].name").asArray().containsExactly("a", "b", "c");
		}
	}

	@Test
	void listsATabAsSoonAsItListensAndNoLongerWhenItIsGone() {
		try (RawPeer host = server.peer().listen("tab")) {
			assertThat(json(get(PATH))).extractingPath("$.servers[*].name").asArray().containsExactly("tab");
			host.leave();
			await().atMost(Duration.ofSeconds(1)).until(() -> get(PATH + "/tab").status() == 404);
		}
	}

	@Test
	void tellsWhatGoesThroughAServer() throws Exception {
		Instant before = Instant.now();
		try (ListeningServer ignored = listen("busy");
				DuplexStream stream = server.bean(ProxyRegistry.class).connect("busy")) {
			stream.send("123");
			assertThat(stream.receive(Duration.ofSeconds(10))).isPresent();
			JsonContent busy = json(get(PATH + "/busy"));
			assertThat(busy).extractingPath("$.name").isEqualTo("busy");
			assertThat(busy).extractingPath("$.streams").isEqualTo(1);
			assertThat(busy).extractingPath("$.bytesToHost").isEqualTo(3);
			assertThat(busy).extractingPath("$.bytesFromHost").isEqualTo(5);
			assertThat(busy).extractingPath("$.since")
				.asString()
				.satisfies((since) -> assertThat(Instant.parse(since)).isBetween(before, Instant.now()));
			assertThat(busy).extractingPath("$")
				.asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsOnlyKeys("name", "since", "streams", "bytesToHost", "bytesFromHost");
			assertThat(ignored.name()).isEqualTo("busy");
		}
	}

	@Test
	void countsTheStreamsOfTabs() {
		try (RawPeer host = server.peer().listen("counted"); RawPeer client = server.peer()) {
			client.send(RawFrame.connect(1, "counted"), RawFrame.connect(3, "counted"));
			host.next(RawFrame.OPEN);
			host.next(RawFrame.OPEN);
			assertThat(json(get(PATH + "/counted"))).extractingPath("$.streams").isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain", "a name", "größe", "名前", "😀", "a+b", "a;b", "a?b#c", "a:b", "Ä.ö-_~!$&'()*,=@" })
	void findsAServerByItsName(String name) {
		try (ListeningServer listening = listen(name)) {
			assertThat(json(get(PATH + "/" + encode(name)))).extractingPath("$.name").isEqualTo(listening.name());
		}
	}

	/**
	 * Jetty itself refuses a path with an escaped percent sign: such a name is in the
	 * list only.
	 */
	@Test
	void findsAServerWhoseNameHasAPercentSign() {
		try (ListeningServer listening = listen("50%")) {
			Response response = get(PATH + "/" + encode("50%"));
			if (TestTransport.current() == TestTransport.JETTY) {
				assertThat(response.status()).isEqualTo(400);
				assertThat(get(PATH).body()).contains(listening.name());
			}
			else {
				assertThat(json(response)).extractingPath("$.name").isEqualTo(listening.name());
			}
		}
	}

	@Test
	void findsAServerWhoseNameHasSlashes() {
		try (ListeningServer listening = listen("rooms/größe/名前")) {
			assertThat(json(get(PATH + "/rooms/" + encode("größe") + "/" + encode("名前")))).extractingPath("$.name")
				.isEqualTo(listening.name());
			assertThat(get(PATH + "/rooms").status()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain", "a name", "größe", "😀", "❤️", "a/b", "/a//b/", "../up", ".", "..", "a\\b", "50%",
			"50%2F", "a;b=c", "a?b#c", "a&b=c", "a,b", "a+b", "\"'<b>", "{\"a\":1}", "__proto__", "${a}", "*" })
	void findsAServerByItsNameInAQueryParameter(String name) {
		try (ListeningServer listening = listen(name); ListeningServer other = listen("other")) {
			assertThat(json(get(PATH + "?name=" + encode(name)))).extractingPath("$.servers[*].name")
				.asArray()
				.containsExactly(listening.name())
				.doesNotContain(other.name());
		}
	}

	@Test
	void findsAServerInAnyNormalizationForm() {
		try (ListeningServer listening = listen("e\u0301")) {
			assertThat(listening.name()).isEqualTo("\u00e9");
			assertThat(json(get(PATH + "?name=" + encode("e\u0301")))).extractingPath("$.servers[*].name")
				.asArray()
				.containsExactly("\u00e9");
			assertThat(json(get(PATH + "/" + encode("e\u0301")))).extractingPath("$.name").isEqualTo("\u00e9");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nobody", "", "nobody/../plain" })
	void listsNothingWhenNobodyListensOnTheNameInTheQueryParameter(String name) {
		try (ListeningServer ignored = listen("plain")) {
			assertThat(json(get(PATH + "?name=" + encode(name)))).extractingPath("$.servers").asArray().isEmpty();
			assertThat(ignored.name()).isEqualTo("plain");
		}
	}

	@Test
	void takesTheNameFromThePathWhenThereIsAQueryParameterToo() {
		try (ListeningServer first = listen("first"); ListeningServer second = listen("second")) {
			assertThat(json(get(PATH + "/" + first.name() + "?name=" + second.name()))).extractingPath("$.name")
				.isEqualTo("first");
		}
	}

	/** Both containers refuse such paths unless they are told otherwise. */
	@ParameterizedTest
	@ValueSource(strings = { "/a%2Fb", "/..%2Fhealth", "/a%5Cb" })
	void leavesItToTheContainerWhetherAPathMayHaveEscapedSlashes(String path) {
		try (ListeningServer slash = listen("a/b"); ListeningServer backslash = listen("a\\b")) {
			assertThat(get(PATH + path).status()).isEqualTo(400);
			assertThat(List.of(slash.name(), backslash.name())).containsExactly("a/b", "a\\b");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/nobody", "/nobody/at/all", "/%00", "/%E4" })
	void answers404WhenNobodyListensOnTheName(String path) {
		assertThat(get(PATH + path).status()).isIn(400, 404);
	}

	@Test
	void changesNothing() {
		try (RawSocket socket = server.socket()) {
			assertThat(socket.request("DELETE", PATH + "/plain").status()).isEqualTo(405);
		}
	}

	private static String encode(String name) {
		return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
