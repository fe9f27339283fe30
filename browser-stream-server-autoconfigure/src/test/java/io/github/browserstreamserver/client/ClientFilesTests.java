/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files in {@code src/main/client}, as they are committed. That they are what the
 * modules give is checked by the profile "all".
 */
class ClientFilesTests {

	private static final Path FILES = Path.of("src/main/client");

	private static final int MAX_GZIPPED = 13 * 1024;

	@Test
	void theClientIsSmall() throws IOException {
		assertThat(FILES.resolve("served/client.js.gz")).satisfies((file) -> assertThat(Files.size(file))
			.as("bytes of the client with gzip; see \"The size of the client\" in CONTRIBUTING.md")
			.isLessThanOrEqualTo(MAX_GZIPPED));
		assertThat(Files.size(FILES.resolve("served/client.js.br")))
			.isLessThan(Files.size(FILES.resolve("served/client.js.gz")));
	}

	@Test
	void theCompressedFileIsTheClient() throws IOException {
		try (InputStream unzipped = new GZIPInputStream(Files.newInputStream(FILES.resolve("served/client.js.gz")))) {
			assertThat(unzipped.readAllBytes()).isEqualTo(Files.readAllBytes(FILES.resolve("served/client.js")));
		}
	}

	@Test
	void thePackageHasTheVersionOfTheJar() throws IOException {
		String version = Files.readString(Path.of("pom.xml"))
			.replaceAll("(?s).*?<version>(.*?)(-SNAPSHOT)?</version>.*", "$1");
		assertThat(Files.readString(FILES.resolve("package/package.json")))
			.contains("\"version\": \"" + version + "\"");
		assertThat(FILES.resolve("package/LICENSE")).hasSameTextualContentAs(Path.of("../LICENSE"));
	}

}
