/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.browserstreamserver.sample.support.NpmPackages;

/** A certificate of the tests' own for the loopback interface. */
final class Tls {

	private static final String PASSWORD = "not-a-secret";

	private Tls() {
	}

	/**
	 * Makes a certificate, and returns what the application is told on its command line.
	 * @param directory where it may be
	 * @param others what it is told besides
	 */
	static String[] serverProperties(Path directory, String... others) throws IOException {
		Path store = directory.resolve("key-store.p12");
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		String failure = NpmPackages.run(directory, keytool, "-genkeypair", "-alias", "journey", "-keyalg", "EC",
				"-dname", "CN=127.0.0.1", "-ext", "SAN=IP:127.0.0.1", "-validity", "2", "-keystore", store.toString(),
				"-storetype", "PKCS12", "-storepass", PASSWORD);
		if (failure != null) {
			throw new IllegalStateException("keytool said " + failure);
		}
		List<String> properties = List.of("--server.ssl.key-store=file:" + store,
				"--server.ssl.key-store-password=" + PASSWORD, "--server.ssl.key-store-type=PKCS12");
		return Stream.concat(properties.stream(), Stream.of(others)).toArray(String[]::new);
	}

}
