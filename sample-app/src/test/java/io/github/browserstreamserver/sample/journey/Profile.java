/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.browserstreamserver.sample.support.Await;

/**
 * A directory that a browser has for itself.
 *
 * @param directory where it is
 */
record Profile(Path directory) implements AutoCloseable {

	static Profile create() {
		try {
			return new Profile(Files.createTempDirectory("journey-"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns where the browser saves files. */
	Path downloads() {
		try {
			return Files.createDirectories(this.directory.resolve("downloads"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Writes a file into it. */
	void write(String name, String content) {
		try {
			Path file = this.directory.resolve(name);
			Files.createDirectories(file.getParent());
			Files.writeString(file, content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Deletes it. A process of the browser may still be writing to it. */
	@Override
	public void close() {
		Await.until("the profile of the browser is deleted", Duration.ofSeconds(10), this::delete);
	}

	private boolean delete() {
		try (Stream<Path> files = Files.walk(this.directory)) {
			List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
			for (Path file : deepestFirst) {
				Files.deleteIfExists(file);
			}
			return true;
		}
		catch (IOException | UncheckedIOException ex) {
			return Files.notExists(this.directory);
		}
	}

}
