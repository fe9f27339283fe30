/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import io.github.browserstreamserver.proxy.ListeningServer;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.json.JsonContent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link EscapedSlashes}, in the sample application on Tomcat.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=127.0.0.1")
@Timeout(30)
class ActuatorPathsTests {

	private static final String PATH = "/actuator/streamservers/";

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private ProxyRegistry registry;

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "plain", "my room", "a/b/c", "/a//b/", "../up", "../../health", "a/../b", "..\\up", "a\\b",
			"100%25", "50%2F", "a;v=1", "a?b#c", "\"'<b>", "__proto__", "{\"a\":1}", "a,b", "größe", "😀", "❤️",
			"\u0645\u06cc\u200c\u062e" })
	void showsAServerWhateverItsNameIs(String name) throws Exception {
		try (ListeningServer listening = this.registry.listen(name, (stream) -> {
		})) {
			HttpResponse<String> response = get(PATH + encode(name));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(new JsonContent(response.body())).extractingPath("$.name").isEqualTo(listening.name());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { PATH + "..%2Fhealth", PATH + "..%2F..%2Factuator%2Fhealth", PATH + "..%5Chealth",
			PATH + "%2E%2E%2Fhealth", "/..%2Fapplication.yml", "/css%2F..%2F..%2Fapplication.yml",
			"/css/..%5C..%5Capplication.yml", "/%2E%2E%5Capplication.yml", "/css/%252e%252e%252fapplication.yml" })
	void leadsNowhereElse(String path) throws Exception {
		HttpResponse<String> response = get(path);
		assertThat(response.statusCode()).isIn(400, 404);
		assertThat(response.body()).doesNotContain("UP", "browser-stream-server:");
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	/** As JavaScript's encodeURIComponent does, or more. */
	private static String encode(String name) {
		return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
