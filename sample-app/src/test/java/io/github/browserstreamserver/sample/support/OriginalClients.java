/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The original's clients as npm has them, fetched at test time and made into pages. They
 * stay below {@code target} until the list of packages changes, so that only the first
 * run needs the network.
 */
public final class OriginalClients {

	/** The versions of mux-demux there are pages for. */
	public static final String OLD = "3.2.2";

	public static final String NEW = "3.7.9";

	private static final String PACKAGES = "package.json";

	private static final List<String> SOURCES = List.of("build.cjs", "util.js", "helpers.js", "peer.cjs");

	private static final Path BASE = Path.of("target", "originals").toAbsolutePath();

	private static final long NPM_PATIENCE_SECONDS = 180;

	private static Path fetched;

	private OriginalClients() {
	}

	/**
	 * Returns the property that lets the application send the pages, which may not be
	 * there yet.
	 */
	public static String pagesProperty() {
		return "--spring.web.resources.static-locations=classpath:/static/,file:" + directory().resolve("pages") + "/";
	}

	/**
	 * Returns where the page of a version is, and fetches what it needs, if need be.
	 * @param version the version of mux-demux
	 */
	public static String page(String version) {
		fetch();
		return "/originals/" + version + ".html";
	}

	/**
	 * Fetches what is not there yet. Without npm the test is skipped, but in CI it fails.
	 * @return the directory of the packages
	 */
	public static synchronized Path fetch() {
		if (fetched == null) {
			Path directory = directory();
			try {
				if (Files.notExists(directory)) {
					install(directory);
				}
				makePages(directory);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			fetched = directory;
		}
		return fetched;
	}

	private static void install(Path directory) throws IOException {
		Path npm = Prerequisite.program("npm");
		Path part = BASE.resolve("part");
		delete(part);
		Files.createDirectories(part);
		Files.write(part.resolve(PACKAGES), source(PACKAGES));
		String failure = run(part, npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error");
		Prerequisite.need(failure == null, "the original's packages from npm, which said: " + failure);
		Files.move(part, directory, StandardCopyOption.ATOMIC_MOVE);
	}

	private static void makePages(Path directory) throws IOException {
		Path node = Prerequisite.program("node");
		for (String name : SOURCES) {
			Files.write(directory.resolve(name), source(name));
		}
		String failure = run(directory, node, "build.cjs", OLD, NEW);
		if (failure != null) {
			throw new IllegalStateException("The pages cannot be made: " + failure);
		}
	}

	/** Returns null, or what the program said when it failed. */
	private static String run(Path directory, Path program, String... args) throws IOException {
		List<String> command = new ArrayList<>(List.of(program.toString()));
		command.addAll(List.of(args));
		Path output = directory.resolve("output");
		Process process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			boolean ended = process.waitFor(NPM_PATIENCE_SECONDS, TimeUnit.SECONDS);
			return (ended && process.exitValue() == 0) ? null : Files.readString(output).strip();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** Named by the list of packages. */
	private static Path directory() {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(source(PACKAGES));
			return BASE.resolve(HexFormat.of().formatHex(digest, 0, 8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] source(String name) {
		try (InputStream resource = OriginalClients.class.getResourceAsStream("/originals/" + name)) {
			return resource.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path directory) throws IOException {
		if (Files.exists(directory)) {
			try (Stream<Path> files = Files.walk(directory)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

	/** Returns the README that came with the package. */
	public static String readme() throws IOException {
		return Files.readString(fetch().resolve("node_modules/stream-server/README.md"), StandardCharsets.UTF_8);
	}

}
