/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * A file with bytes that nobody can guess.
 *
 * @param path where it is
 * @param sha256 of what it has
 */
record TestFile(Path path, String sha256) {

	static TestFile create(Path directory, String name, int size) throws IOException {
		byte[] bytes = new byte[size];
		new Random(name.hashCode()).nextBytes(bytes);
		Path path = Files.write(directory.resolve(name), bytes);
		return new TestFile(path, sha256(bytes));
	}

	String name() {
		return this.path.getFileName().toString();
	}

	static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
