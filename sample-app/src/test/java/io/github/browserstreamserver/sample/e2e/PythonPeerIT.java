/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.Prerequisite;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of a client in another language, written from the protocol's page alone,
 * passes files to and from a tab.
 */
class PythonPeerIT {

	private static final Path EXAMPLE = Path.of("..", "docs", "examples", "stream_peer.py");

	private static final int SIZE = 1 << 20;

	private static final long PATIENCE_SECONDS = 30;

	@RegisterExtension
	static final Stage stage = new Stage();

	private static Path python;

	@TempDir
	private Path directory;

	@BeforeAll
	static void findPython() {
		python = Prerequisite.program("python3");
		assertThat(EXAMPLE).exists();
	}

	@Test
	void tabSendsAFileToThePythonHost() throws Exception {
		String name = stage.name();
		Path file = this.directory.resolve("received");
		Process host = python("listen", name, file);
		Await.until("the Python program listens", Stage.PATIENCE, () -> {
			assertThat(host.isAlive()).as("Python lives, and says " + Files.readString(errors())).isTrue();
			return stage.sample().names().contains(name);
		});
		List<String> got = stage.client().list("""
				const bytes = new Uint8Array(args[1]);
				for (let i = 0; i < bytes.length; i += 65536) crypto.getRandomValues(bytes.subarray(i, i + 65536));
				const stream = StreamClient(boot()).connect(args[0]);
				const answer = first(stream, "data");
				const closed = record(stream);
				stream.write({ name: "some.file" });
				stream.write(new Blob([bytes]));
				stream.end();
				return [JSON.stringify(await answer), await sha256(bytes), (await closed).join()];
				""", name, SIZE);
		Map<?, ?> answer = new JsonMapper().readValue(got.get(0), Map.class);
		int exit = ended(host);
		assertThat(exit).as("exit code, with " + Files.readString(errors())).isZero();
		assertThat(answer.get("size")).isEqualTo(SIZE);
		assertThat(answer.get("sha256")).isEqualTo(got.get(1)).isEqualTo(sha256(Files.readAllBytes(file)));
		assertThat(got.get(2)).endsWith("close").doesNotContain("_");
	}

	@Test
	void pythonClientSendsAFileToATab() throws Exception {
		String name = stage.name();
		Path file = this.directory.resolve("sent");
		byte[] bytes = new byte[SIZE];
		new Random(1).nextBytes(bytes);
		Files.write(file, bytes);
		Tab host = stage.host();
		host.run("""
				await StreamServer(boot(), (stream) => {
				  const parts = [];
				  stream.on("data", (value) => parts.push(value));
				  stream.on("end", async () => {
				    const [head, ...rest] = parts;
				    stream.end({ ...head, sha256: await sha256(await new Blob(rest).arrayBuffer()) });
				  });
				}).listen(args[0]).ready;
				""", name);
		Process client = python("connect", name, file);
		int exit = ended(client);
		assertThat(exit).as("exit code, with " + Files.readString(errors())).isZero();
		Map<?, ?> answer = new JsonMapper().readValue(Files.readString(output()), Map.class);
		assertThat(answer).isEqualTo(Map.of("name", "sent", "size", SIZE, "sha256", sha256(bytes)));
	}

	private Process python(String command, String name, Path file) throws IOException {
		String url = stage.sample().origin().replace("http:", "ws:") + "/browser-server";
		Process process = new ProcessBuilder(python.toString(), EXAMPLE.toString(), url, command, name, file.toString())
			.redirectOutput(output().toFile())
			.redirectError(errors().toFile())
			.start();
		stage.keep(() -> process.destroyForcibly().waitFor());
		return process;
	}

	private Path output() {
		return this.directory.resolve("output");
	}

	private Path errors() {
		return this.directory.resolve("errors");
	}

	private int ended(Process process) throws IOException, InterruptedException {
		boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
		assertThat(ended).as("Python ends, and says " + Files.readString(errors())).isTrue();
		return process.exitValue();
	}

	private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

}
