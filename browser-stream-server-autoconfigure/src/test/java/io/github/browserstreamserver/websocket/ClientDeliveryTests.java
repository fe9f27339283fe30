/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

import io.github.browserstreamserver.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the one file of the client gets to a browser: compressed, kept, and asked for once
 * a load at most.
 */
@Tag("container")
class ClientDeliveryTests {

	private static final String CLIENT = "/browser-server/client.js";

	private static TestServer server;

	private static HttpClient http;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class);
		http = HttpClient.newHttpClient();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static HttpResponse<byte[]> request(String method, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.origin() + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static HttpResponse<byte[]> get(String path, String... headers) {
		return request("GET", path, headers);
	}

	private static String header(HttpResponse<?> response, String name) {
		return String.join(", ", response.headers().allValues(name));
	}

	private static byte[] file(String name) throws IOException {
		return new ClassPathResource("io/github/browserstreamserver/client/" + name).getContentAsByteArray();
	}

	private static String versioned() {
		String path = server.bean(ResourceUrlProvider.class).getForLookupPath(CLIENT);
		assertThat(path).isNotNull();
		return path;
	}

	@ParameterizedTest
	@CsvSource({ "'gzip, deflate, br, zstd', br, .br", "gzip, gzip, .gz", "'br;q=0, gzip;q=0.1', gzip, .gz",
			"'gzip;q=0, br;q=0', '', ''", "identity, '', ''", "'', '', ''" })
	void sendsWhatTheRequestAccepts(String accepted, String encoding, String extension) throws IOException {
		for (String path : new String[] { CLIENT, versioned() }) {
			HttpResponse<byte[]> response = get(path, "Accept-Encoding", accepted);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(header(response, "Content-Encoding")).isEqualTo(encoding);
			assertThat(header(response, "Content-Type")).isEqualTo("text/javascript");
			assertThat(header(response, "Content-Length")).isEqualTo(String.valueOf(response.body().length));
			assertThat(response.body()).isEqualTo(file("client.js" + extension));
		}
	}

	@Test
	void theCompressedBodyIsTheFile() throws IOException {
		byte[] body = get(CLIENT, "Accept-Encoding", "gzip").body();
		try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(body))) {
			assertThat(unzipped.readAllBytes()).isEqualTo(get(CLIENT).body());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { CLIENT, "/browser-server/client.js.map", "/browser-server/client.d.ts",
			"/browser-server/modules/client.js" })
	void saysWithEachAnswerThatItDependsOnTheEncodingAndThatItsTypeIsMeant(String path) {
		for (String method : new String[] { "GET", "HEAD" }) {
			HttpResponse<byte[]> response = request(method, path);
			assertThat(header(response, "Vary")).isEqualTo("Accept-Encoding");
			assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
		}
	}

	@Test
	void hasAStrongTagForEachEncoding() {
		String[] tags = Arrays.stream(new String[] { "br", "gzip", "identity" })
			.map((encoding) -> header(get(CLIENT, "Accept-Encoding", encoding), "ETag"))
			.toArray(String[]::new);
		assertThat(tags).doesNotHaveDuplicates().allSatisfy((tag) -> assertThat(tag).matches("\"[0-9a-f]+\""));
		assertThat(header(get(versioned(), "Accept-Encoding", "br"), "ETag")).isEqualTo(tags[0]);
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", "W/%s", "\"other\", %s", "\"other\" ,W/%s,\"more\"" })
	void answers304ToTheTagOfTheEncodingThatIsAskedFor(String condition) {
		for (String path : new String[] { CLIENT, versioned() }) {
			for (String encoding : new String[] { "br", "gzip", "identity" }) {
				HttpResponse<byte[]> whole = get(path, "Accept-Encoding", encoding);
				HttpResponse<byte[]> response = get(path, "Accept-Encoding", encoding, "If-None-Match",
						condition.formatted(header(whole, "ETag")));
				assertThat(response.statusCode()).isEqualTo(304);
				assertThat(response.body()).isEmpty();
				for (String name : new String[] { "ETag", "Cache-Control", "Vary", "X-Content-Type-Options" }) {
					assertThat(header(response, name)).as(name).isEqualTo(header(whole, name));
				}
			}
		}
	}

	@Test
	void sendsTheFileToTheTagOfAnotherEncoding() {
		String tag = header(get(CLIENT, "Accept-Encoding", "gzip"), "ETag");
		assertThat(get(CLIENT, "Accept-Encoding", "br", "If-None-Match", tag).statusCode()).isEqualTo(200);
		assertThat(get(CLIENT, "Accept-Encoding", "gzip", "If-None-Match", tag).statusCode()).isEqualTo(304);
	}

	@Test
	void headHasTheHeadersOfTheEncodedBody() {
		HttpResponse<byte[]> head = request("HEAD", CLIENT, "Accept-Encoding", "br");
		HttpResponse<byte[]> whole = get(CLIENT, "Accept-Encoding", "br");
		for (String name : new String[] { "Content-Encoding", "Content-Length", "Content-Type", "ETag", "Vary" }) {
			assertThat(header(head, name)).as(name).isEqualTo(header(whole, name)).isNotEmpty();
		}
	}

	@Test
	void sendsARangeOfTheEncodedBody() {
		byte[] whole = get(CLIENT, "Accept-Encoding", "gzip").body();
		HttpResponse<byte[]> part = get(CLIENT, "Accept-Encoding", "gzip", "Range", "bytes=10-19");
		assertThat(part.statusCode()).isEqualTo(206);
		assertThat(header(part, "Content-Encoding")).isEqualTo("gzip");
		assertThat(header(part, "Content-Range")).isEqualTo("bytes 10-19/" + whole.length);
		assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 10, 20));
		HttpResponse<byte[]> beyond = get(CLIENT, "Range", "bytes=9999999-");
		assertThat(beyond.statusCode()).isEqualTo(416);
	}

	@Test
	void underItsHashTheFileIsKeptForever() throws IOException {
		HttpResponse<byte[]> response = get(versioned());
		assertThat(versioned()).matches("/browser-server/client-[0-9a-f]+\\.js");
		assertThat(header(response, "Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
		assertThat(response.body()).isEqualTo(file("client.js"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "client-00000000000000000000000000000000.js", "client-.js", "client-x.js",
			"client-00000000000000000000000000000000.js.map", "client.js.gz", "client.js.br", "client.js.map.gz",
			"modules/client.js.gz", "modules", "modules/", "modules/nothing.js", "modules/client.js.map",
			"modules/modules/client.js", "modules/../client.js", "modules/%2e%2e/client.js", "modules/..%2fclient.js",
			"client-%2e%2e.js", "modules/package.json", "modules/tsconfig.json", "boot.js" })
	void answers404ToWhatIsNoFileOfTheClient(String file) {
		HttpResponse<byte[]> response = get("/browser-server/" + file);
		if (file.equals("modules/../client.js")) {
			// A container may make /browser-server/client.js of it, which is no harm.
			assertThat(response.statusCode()).isIn(200, 400, 404);
		}
		else {
			assertThat(response.statusCode()).isIn(400, 404);
			assertThat(header(response, "Cache-Control")).doesNotContain("immutable");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "client.js", "client.js.map", "client.d.ts", "modules/client.js" })
	void mayBeImportedByPagesOfAnyOrigin(String file) {
		HttpResponse<byte[]> response = get("/browser-server/" + file, "Origin", "null");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
	}

	@Test
	void theHashOfAModuleIsNoName() {
		String hash = versioned().replaceAll(".*client-(.*)\\.js", "$1");
		assertThat(get("/browser-server/modules/client-" + hash + ".js").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "client.js, text/javascript, max-age=60", "client.js.map, application/json, max-age=60",
			"client.d.ts, text/plain;charset=UTF-8, max-age=60", "modules/client.js, text/javascript, no-cache" })
	void saysWhatEachFileIsAndHowLongACopyIsGood(String file, String type, String cacheControl) {
		HttpResponse<byte[]> response = get("/browser-server/" + file);
		assertThat(header(response, "Content-Type")).isEqualToIgnoringCase(type);
		assertThat(header(response, "Cache-Control")).isEqualTo(cacheControl);
	}

	@Test
	void theJarIsAWebJarToo() throws IOException {
		Resource[] found = new PathMatchingResourcePatternResolver()
			.getResources("classpath*:META-INF/resources/webjars/browser-stream-server/*/client.js");
		assertThat(found).isNotEmpty();
		for (Resource each : found) {
			String version = each.getURL().getPath().replaceAll(".*/([^/]+)/client.js", "$1");
			for (String file : new String[] { "client.js", "client.js.map", "client.d.ts" }) {
				HttpResponse<byte[]> response = get("/webjars/browser-stream-server/" + version + "/" + file);
				assertThat(response.statusCode()).as(file).isEqualTo(200);
				assertThat(response.body()).as(file).isEqualTo(each.createRelative(file).getContentAsByteArray());
			}
		}
	}

	@Test
	void theSourceMapNamesTheModulesThatAreServed() {
		String client = new String(get(CLIENT).body(), StandardCharsets.UTF_8);
		assertThat(client.strip()).endsWith("//# sourceMappingURL=client.js.map");
		String map = new String(get("/browser-server/client.js.map").body(), StandardCharsets.UTF_8);
		assertThat(map).contains("\"modules/boot.js\"");
		assertThat(get("/browser-server/modules/boot.js").statusCode()).isEqualTo(200);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
