/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.github.browserstreamserver.proxy.ListeningServer;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.stream.StreamHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = { "sample.ask-timeout=300ms", "browser-stream-server.names.wait=50ms" })
@Timeout(30)
class SampleApplicationTests {

	@Autowired
	private WebApplicationContext context;

	@Autowired
	private ProxyRegistry registry;

	private MockMvcTester mvc;

	@BeforeEach
	void createMvc() {
		this.mvc = MockMvcTester.from(this.context);
	}

	@Test
	void answersWithTheTextThatTheHostSends() {
		MvcTestResult result = ask("tab",
				(stream) -> stream.send("You asked: " + stream.receive().orElseThrow().text()));
		assertThat(result).hasStatusOk()
			.hasContentType("text/plain;charset=UTF-8")
			.bodyText()
			.isEqualTo("You asked: how are you, Jörg?");
	}

	@Test
	void answersWithJsonAsJson() {
		MvcTestResult result = ask("tab", (stream) -> stream.send(Message.json("{\"a\":[1,2]}")));
		assertThat(result).hasStatusOk()
			.hasContentType(MediaType.APPLICATION_JSON)
			.bodyText()
			.isEqualTo("{\"a\":[1,2]}");
	}

	@Test
	void answersWithBytesAsBytes() {
		MvcTestResult result = ask("tab", (stream) -> stream.send(Message.binary(new byte[] { 1, 2, 3 })));
		assertThat(result).hasStatusOk()
			.hasContentType(MediaType.APPLICATION_OCTET_STREAM)
			.hasHeader("X-Content-Type-Options", "nosniff")
			.body()
			.containsExactly(1, 2, 3);
	}

	@Test
	void tellsTheHostWhoAsks() {
		MvcTestResult result = ask("tab", (stream) -> stream.send(stream.metadata().orElseThrow()));
		assertThat(result).bodyText().isEqualTo("{\"kind\":\"ask\"}");
	}

	@Test
	void takesNamesWithSlashes() {
		assertThat(ask("team/tab", (stream) -> stream.send("here"))).bodyText().isEqualTo("here");
	}

	@Test
	void isNotFoundWhenNobodyListens() {
		assertProblem(get("/ask/nobody?q=hi"), HttpStatus.NOT_FOUND, ErrorCode.NO_SUCH_SERVER);
	}

	@Test
	void isABadRequestWhenItCannotBeAName() {
		assertProblem(get("/ask/?q=hi"), HttpStatus.BAD_REQUEST, ErrorCode.INVALID_OPEN);
	}

	@Test
	void isABadRequestWithoutAQuestion() {
		assertThat(get("/ask/echo")).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void isABadGatewayWhenTheHostRefuses() {
		MvcTestResult result = ask("tab", (stream) -> stream.reset(ErrorCode.REFUSED, "not now"));
		assertProblem(result, HttpStatus.BAD_GATEWAY, ErrorCode.REFUSED);
		assertThat(result).bodyText().contains("not now");
	}

	@Test
	void isABadGatewayWhenTheHostEndsWithoutAnAnswer() {
		assertProblem(ask("tab", DuplexStream::end), HttpStatus.BAD_GATEWAY, ErrorCode.CANCELLED);
	}

	@Test
	void isAGatewayTimeoutWhenTheHostIsSilentAndLeavesTheStream() throws InterruptedException {
		try (ListeningServer host = this.registry.listen("silent", (stream) -> {
		})) {
			assertProblem(get("/ask/silent?q=hi"), HttpStatus.GATEWAY_TIMEOUT, ErrorCode.TIMEOUT);
			while (this.registry.find(host.name()).orElseThrow().streams() > 0) {
				TimeUnit.MILLISECONDS.sleep(5);
			}
		}
	}

	@Test
	void echoesWhatItIsSent() throws InterruptedException {
		try (DuplexStream stream = this.registry.connect("echo")) {
			stream.send("hi");
			stream.send(Message.json("[1]"));
			stream.end();
			assertThat(stream.receive()).hasValue(Message.text("hi"));
			assertThat(stream.receive()).hasValue(Message.json("[1]"));
			assertThat(stream.receive()).isEmpty();
		}
	}

	@Test
	void tellsTheNamesNowAndWheneverTheyChange() throws InterruptedException {
		try (DuplexStream names = this.registry.connect("names")) {
			assertThat(names.receive().orElseThrow().text()).contains("\"name\":\"names\"").doesNotContain("\"comes\"");
			ListeningServer comes = this.registry.listen("comes", (stream) -> {
			});
			receiveUntil(names, (list) -> list.contains("{\"name\":\"comes\"")
					&& list.contains("\"type\":\"server.created\",\"name\":\"comes\""));
			comes.close();
			receiveUntil(names, (list) -> !list.contains("{\"name\":\"comes\"")
					&& list.contains("\"type\":\"server.destroyed\",\"name\":\"comes\""));
		}
	}

	@Test
	void tellsWhichNamesAreItsOwn() throws InterruptedException {
		try (DuplexStream names = this.registry.connect("names");
				ListeningServer tab = this.registry.listen("tab", (stream) -> {
				})) {
			assertThat(tab.name()).isEqualTo("tab");
			receiveUntil(names, (list) -> list.matches(".*\\{\"name\":\"echo\",[^}]*\"own\":true}.*")
					&& list.matches(".*\\{\"name\":\"tab\",[^}]*\"own\":false}.*"));
		}
	}

	@Test
	void drawsAQrCode() {
		assertThat(get("/qr?text=http://localhost/%23connect=demo")).hasStatusOk()
			.hasContentType("image/svg+xml;charset=UTF-8")
			.bodyText()
			.startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
			.contains("h1v1h-1z");
	}

	@Test
	void drawsTheLinkToTheLongestName() {
		assertThat(get("/qr?text=" + "x".repeat(1024))).hasStatusOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/qr", "/qr?text=" })
	void drawsNothingWithoutAText(String uri) {
		assertThat(get(uri)).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void drawsNothingThatIsTooLong() {
		assertThat(get("/qr?text=" + "x".repeat(1025))).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/docs/README.md", "/docs/browser-client.md", "/docs/file-protocol.md", "/docs/java.md" })
	void servesTheDocumentationThatThePageLinksTo(String uri) {
		assertThat(get(uri)).hasStatusOk();
	}

	@Test
	void servesTheLibraryOfThePageWhateverItsVersion() {
		assertThat(get("/webjars/js-sha256/build/sha256.min.js")).hasStatusOk();
	}

	@Test
	void forgetsASubscriberThatEnds() throws InterruptedException {
		DuplexStream names = this.registry.connect("names");
		names.end();
		while (names.receive().isPresent()) {
			assertThat(names.name()).isEqualTo("names");
		}
		names.closed().join();
	}

	private static void receiveUntil(DuplexStream stream, Predicate<String> wanted) throws InterruptedException {
		String received;
		do {
			received = stream.receive().orElseThrow().text();
		}
		while (!wanted.test(received));
	}

	private MvcTestResult ask(String name, StreamHandler handler) {
		try (ListeningServer host = this.registry.listen(name, handler)) {
			return this.mvc.get().uri("/ask/" + host.name() + "?q={q}", "how are you, Jörg?").exchange();
		}
	}

	private MvcTestResult get(String uri) {
		return this.mvc.get().uri(uri).exchange();
	}

	private static void assertProblem(MvcTestResult result, HttpStatus status, ErrorCode code) {
		assertThat(result).hasStatus(status)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.code")
			.isEqualTo(code.name());
	}

}
