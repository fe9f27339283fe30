/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The browser client as a browser gets it.
 */
@Tag("container")
@ExtendWith(OutputCaptureExtension.class)
class ClientResourcesTests {

	private static final String CLIENT = "/browser-server/client.js";

	private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\\(?\"(\\./[^\"]+)\"");

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void nothingThatABrowserAsksForIsAnError(CapturedOutput output) {
		assertThat(output.getAll()).doesNotContain(" ERROR ");
	}

	private static Response get(TestServer from, String path, String... headers) {
		try (RawSocket socket = from.socket()) {
			return socket.get(path, headers);
		}
	}

	@Test
	void servesTheClientAsJavaScriptThatIsCheckedAfterAMinute() {
		Response response = get(server, CLIENT);
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers().get("Content-Type")).startsWith("text/javascript");
		assertThat(response.headers().get("Cache-Control")).isEqualTo("max-age=60");
		assertThat(response.headers().get("ETag")).matches("\"[^\"]+\"");
		assertThat(response.headers()).doesNotContainKey("Last-Modified");
		assertThat(response.body()).contains("as boot", "as StreamServer", "as StreamClient");
	}

	@Test
	void theClientImportsNothing() {
		assertThat(IMPORT.matcher(get(server, CLIENT).body()).find()).isFalse();
	}

	@Test
	void servesTheModulesWithEverythingThatTheyImport() {
		Deque<String> toVisit = new ArrayDeque<>(Set.of("client.js"));
		Set<String> seen = new TreeSet<>();
		while (!toVisit.isEmpty()) {
			String file = toVisit.remove();
			if (seen.add(file)) {
				Response response = get(server, "/browser-server/modules/" + file);
				assertThat(response.status()).as(file).isEqualTo(200);
				assertThat(response.headers().get("Content-Type")).as(file).startsWith("text/javascript");
				Matcher imports = IMPORT.matcher(response.body());
				while (imports.find()) {
					toVisit.add(imports.group(1).substring(2));
				}
			}
		}
		assertThat(seen).hasSizeGreaterThan(5);
	}

	@Test
	void answers304WithoutABodyWhenTheBrowsersCopyIsStillGood() {
		String tag = get(server, CLIENT).headers().get("ETag");
		Response response = get(server, CLIENT, "If-None-Match: " + tag);
		assertThat(response.status()).isEqualTo(304);
		assertThat(response.headers()).containsEntry("ETag", tag).containsEntry("Cache-Control", "max-age=60");
	}

	@Test
	void answersWithTheFileWhenTheBrowsersCopyIsOld() {
		Response response = get(server, CLIENT, "If-None-Match: \"something else\"");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.body()).isNotEmpty();
	}

	@Test
	void hasATagOfItsOwnForEachFile() {
		assertThat(get(server, CLIENT).headers().get("ETag"))
			.isNotEqualTo(get(server, "/browser-server/modules/boot.js").headers().get("ETag"));
	}

	@Test
	void answersHeadWithTheHeadersOfGet() {
		try (RawSocket socket = server.socket()) {
			Response head = socket.request("HEAD", CLIENT);
			assertThat(head.status()).isEqualTo(200);
			for (Map.Entry<String, String> header : get(server, CLIENT).headers().entrySet()) {
				if (!header.getKey().equalsIgnoreCase("Date")) {
					assertThat(head.headers()).contains(header);
				}
			}
		}
	}

	@Test
	void answers405ToOtherMethods() {
		try (RawSocket socket = server.socket()) {
			assertThat(socket.request("POST", CLIENT).status()).isEqualTo(405);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing.js", "package.json", "client", "", "sub/client.js", ".js", "types/client.js",
			"test/client.js", "Client.js" })
	void answers404ToWhatIsNoFileOfTheClient(String file) {
		assertThat(get(server, "/browser-server/" + file).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "../websocket/ClientResources.class", "..%2fwebsocket%2fClientResources.class",
			"%2e%2e/%2e%2e/x.js", "%2e%2e%2fx.js", "..%5cx.js", "%5c..%5cx.js", "....//x.js", "%252e%252e%252fx.js",
			"%00.js", "client.js%00", "..;/x.js", ".%2fclient.js", "file:%2f%2f%2fetc%2fpasswd.js",
			"http:%2f%2fevil.example%2fx.js", "%c0%ae%c0%ae/x.js", "../../../../../../../../etc/passwd" })
	void leavesItsFolderForNobody(String path) {
		assertThat(get(server, "/browser-server/" + path).status()).isIn(400, 404);
	}

	@Test
	void worksUnderAContextPathAndAnotherPrefix() {
		try (TestServer other = TestServer.start(Application.class, "server.servlet.context-path=/app",
				"browser-stream-server.prefix=/api/streams")) {
			assertThat(get(other, "/app/api/streams/client.js").status()).isEqualTo(200);
			assertThat(get(other, "/app" + CLIENT).status()).isEqualTo(404);
			assertThat(get(other, "/api/streams/client.js").status()).isEqualTo(404);
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
