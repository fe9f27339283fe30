/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs that are kept for a target, in {@code fuzz/<target>/*.hex}: one a line, in
 * hex with spaces anywhere. What follows a {@code #} is for people.
 */
final class Corpus {

	private Corpus() {
	}

	/**
	 * Reads all inputs.
	 * @param target what for
	 * @return the inputs, the files in the order of their names
	 */
	static List<byte[]> of(FuzzTarget target) {
		URL folder = Corpus.class.getResource("/fuzz/" + target);
		if (folder == null) {
			throw new IllegalStateException("no corpus for " + target);
		}
		try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
			return files.filter((file) -> file.toString().endsWith(".hex")).sorted().flatMap(Corpus::read).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Stream<byte[]> read(Path file) {
		try {
			return Files.readAllLines(file).stream().flatMap((line) -> parse(file, line));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<byte[]> parse(Path file, String line) {
		String hex = line.replaceFirst("#.*", "").replace(" ", "");
		if (hex.isEmpty()) {
			return Stream.empty();
		}
		try {
			return Stream.of(HexFormat.of().parseHex(hex));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(file.getFileName() + ": " + line, ex);
		}
	}

	/**
	 * Writes an input as a line of a corpus.
	 * @param input the input
	 * @return its bytes in hex
	 */
	static String line(byte[] input) {
		return HexFormat.of().formatHex(input);
	}

}
