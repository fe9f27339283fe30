/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is installed on the machine.
 */
final class Programs {

	/** Where servers are, also for those who have it not in their path. */
	private static final String SERVERS = "/usr/sbin";

	private Programs() {
	}

	static boolean has(String name) {
		List<String> directories = new ArrayList<>(Arrays.asList(System.getenv().getOrDefault("PATH", "").split(":")));
		directories.add(SERVERS);
		return directories.stream().anyMatch((directory) -> Files.isExecutable(Path.of(directory, name)));
	}

	/**
	 * Returns whether all of them are there, and says so in a line if not.
	 * @param peer who needs them
	 * @param names of programs
	 * @return whether they are there
	 */
	static boolean haveAll(String peer, String... names) {
		List<String> missing = Arrays.stream(names).filter((name) -> !has(name)).toList();
		if (!missing.isEmpty()) {
			System.out.println(peer + " is left out: no " + String.join(", no ", missing));
		}
		return missing.isEmpty();
	}

}
