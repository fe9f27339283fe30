/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.support;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.fail;

/**
 * Programs that these tests need beside the JDK. A test without its program is skipped,
 * but in CI it fails.
 */
public final class Prerequisite {

	/**
	 * What the JVM itself prints; the build keeps what a test prints to itself unless it
	 * fails.
	 */
	private static final PrintStream CONSOLE = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
			Charset.defaultCharset());

	private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

	private Prerequisite() {
	}

	/**
	 * Finds a program.
	 * @param name its name, looked up on the path; the system property
	 * {@code e2e.<name>}, if there is one, names the file instead
	 * @return the program
	 */
	public static Path program(String name) {
		String told = System.getProperty("e2e." + name);
		Stream<Path> candidates = (told != null) ? Stream.of(Path.of(told))
				: Stream.concat(path(), Stream.of(Path.of("/usr/bin"))).map((directory) -> directory.resolve(name));
		Optional<Path> found = candidates.filter(Files::isExecutable).findFirst();
		need(found.isPresent(), name + " (on the path, or where the system property e2e." + name + " says)");
		return found.orElseThrow();
	}

	private static Stream<Path> path() {
		String path = System.getenv("PATH");
		return (path != null)
				? Stream.of(path.split(File.pathSeparator)).filter((each) -> !each.isEmpty()).map(Path::of)
				: Stream.empty();
	}

	/**
	 * Skips the test, or fails it in CI, unless something is there.
	 * @param there whether it is
	 * @param what what it is
	 */
	public static void need(boolean there, String what) {
		if (there) {
			return;
		}
		if ("true".equals(System.getenv("CI"))) {
			fail("These tests need " + what + "; .ci/run installs it");
		}
		String reason = "Skipped: needs " + what;
		if (TOLD.add(reason)) {
			CONSOLE.println(reason);
		}
		Assumptions.abort(reason);
	}

}
