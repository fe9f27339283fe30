/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.browserstreamserver.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that were released before, as a browser's cache or somebody's bundle still has
 * them: they go on working with the application of today, and with pages that have the
 * client of today.
 */
@Tag("transport")
class PreviousClientsTests {

	private static final Path RELEASED = Path.of("src/test/resources/clients");

	private static final Path CURRENT = Path.of("src/main/client/served/client.js");

	private static final Path SCRIPT = Path.of("src/test/js/support/compatibility.mjs");

	private static final int FIRST_WITH_WEBSOCKET = 22;

	private static final int PATIENCE_SECONDS = 120;

	private static int node;

	private static TestServer server;

	@BeforeAll
	static void start() throws IOException, InterruptedException {
		node = nodeVersion();
		if (node == 0) {
			assertThat(System.getenv("CI")).as("Node.js must be there in CI; .ci/run installs it").isNotEqualTo("true");
			Assumptions.abort("Skipped: the tests of previous clients need Node.js 20 or newer on the path");
		}
		server = TestServer.start(Application.class);
	}

	@AfterAll
	static void stop() {
		if (server != null) {
			server.close();
		}
	}

	static List<Path> releasedClients() throws IOException {
		try (Stream<Path> files = Files.list(RELEASED)) {
			return files.filter((file) -> file.toString().endsWith(".js")).sorted().toList();
		}
	}

	@ParameterizedTest
	@MethodSource("releasedClients")
	void hostsAndConnects(Path client) throws IOException, InterruptedException {
		assertThat(talk(client, client)).isEqualTo("compatible");
	}

	@ParameterizedTest
	@MethodSource("releasedClients")
	void hostsForTheClientOfToday(Path client) throws IOException, InterruptedException {
		assertThat(talk(client, CURRENT)).isEqualTo("compatible");
	}

	@ParameterizedTest
	@MethodSource("releasedClients")
	void connectsToTheClientOfToday(Path client) throws IOException, InterruptedException {
		assertThat(talk(CURRENT, client)).isEqualTo("compatible");
	}

	private static int nodeVersion() throws IOException, InterruptedException {
		Process process;
		try {
			process = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			return 0;
		}
		String version = new String(process.getInputStream().readAllBytes()).strip();
		process.waitFor();
		return Integer.parseInt(version.replaceAll("v(\\d+)\\..*", "$1"));
	}

	private static String talk(Path host, Path visitor) throws IOException, InterruptedException {
		Path output = Files.createTempFile("previous-clients-", ".txt");
		List<String> command = new ArrayList<>(List.of("node", "--no-warnings"));
		if (node < FIRST_WITH_WEBSOCKET) {
			command.add("--experimental-websocket");
		}
		command.addAll(List.of(SCRIPT.toString(), server.endpoint().toString(), host.toString(), visitor.toString()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			process.destroyForcibly().waitFor();
		}
		String said = Files.readString(output).strip();
		Files.delete(output);
		return said;
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
