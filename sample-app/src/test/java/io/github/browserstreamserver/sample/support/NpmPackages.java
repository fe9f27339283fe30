/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Packages of npm, fetched at test time. They stay below {@code target} until the list of
 * packages changes, so that only the first run needs the network.
 */
public final class NpmPackages {

	private static final String PACKAGES = "package.json";

	private static final long PATIENCE_SECONDS = 180;

	private final String name;

	private final Path base;

	/**
	 * Constructs some.
	 * @param name the folder of test resources with the {@code package.json}
	 */
	public NpmPackages(String name) {
		this.name = name;
		this.base = Path.of("target", name).toAbsolutePath();
	}

	/** What is made of packages. */
	public interface Preparation {

		/**
		 * Makes it.
		 * @param packages the directory of the packages
		 */
		void prepare(Path packages) throws IOException;

	}

	/**
	 * Fetches what is not there yet. Without npm the test is skipped, but in CI it fails.
	 * @return the directory of the packages
	 */
	public Path fetch() {
		return fetch((packages) -> {
		});
	}

	/**
	 * As {@link #fetch()}, and prepares something there while no other test JVM does.
	 * @param preparation what is to be made
	 * @return the directory of the packages
	 */
	public synchronized Path fetch(Preparation preparation) {
		Path directory = directory();
		try (FileChannel lock = lock()) {
			if (Files.notExists(directory)) {
				install(directory);
			}
			preparation.prepare(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return directory;
	}

	/** Holds off other test JVMs until it is closed. */
	private FileChannel lock() throws IOException {
		Files.createDirectories(this.base);
		FileChannel channel = FileChannel.open(this.base.resolve("lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		channel.lock();
		return channel;
	}

	private void install(Path directory) throws IOException {
		Path npm = Prerequisite.program("npm");
		Path part = this.base.resolve("part");
		delete(part);
		Files.createDirectories(part);
		copy(PACKAGES, part);
		String failure = run(part, npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error");
		Prerequisite.need(failure == null, "the packages of " + this.name + " from npm, which said: " + failure);
		Files.move(part, directory, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Returns where they are, or will be. Named by the list of packages. */
	public Path directory() {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(source(PACKAGES));
			return this.base.resolve(HexFormat.of().formatHex(digest, 0, 8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Copies a test resource of theirs into a directory. */
	public void copy(String file, Path directory) {
		try {
			Files.write(directory.resolve(file), source(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private byte[] source(String file) {
		try (InputStream resource = NpmPackages.class.getResourceAsStream("/" + this.name + "/" + file)) {
			return resource.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Runs a program to its end.
	 * @return null, or what the program said when it failed
	 */
	public static String run(Path directory, Path program, String... args) throws IOException {
		List<String> command = new ArrayList<>(List.of(program.toString()));
		command.addAll(List.of(args));
		Path output = directory.resolve("output");
		Process process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
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

	private static void delete(Path directory) throws IOException {
		if (Files.exists(directory)) {
			try (Stream<Path> files = Files.walk(directory)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

}
