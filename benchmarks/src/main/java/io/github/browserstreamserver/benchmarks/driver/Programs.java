/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is installed on the machine.
 */
final class Programs {

	/** Where servers are, also for those who have it not in their path. */
	private static final String SERVERS = "/usr/sbin";

	private Programs() {
	}

	static boolean has(String name) {
		return path(name).isPresent();
	}

	/**
	 * Returns what starts a program.
	 * @param name of it
	 * @return its path
	 * @throws IOException if it is not there
	 */
	static String find(String name) throws IOException {
		return path(name).orElseThrow(() -> new IOException("no " + name)).toString();
	}

	private static Optional<Path> path(String name) {
		List<String> directories = new ArrayList<>(Arrays.asList(System.getenv().getOrDefault("PATH", "").split(":")));
		directories.add(SERVERS);
		return directories.stream()
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Returns which of them are not there.
	 * @param names of programs
	 * @return in words; empty if all are there
	 */
	static String missing(String... names) {
		return Arrays.stream(names)
			.filter((name) -> !has(name))
			.map((name) -> "no " + name)
			.collect(Collectors.joining(", "));
	}

}
