/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code docs/protocol.md}, for the tests that hold the code to it.
 */
public final class ProtocolPage {

	private static final Path FILE = Path.of(System.getProperty("basedir", "")).resolve("../docs/protocol.md");

	private final String text;

	private ProtocolPage(String text) {
		this.text = text;
	}

	public static ProtocolPage read() {
		try {
			return new ProtocolPage(Files.readString(FILE));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the page as one line, for sentences that are broken somewhere.
	 * @return the text, with single blanks
	 */
	public String prose() {
		return this.text.replaceAll("\\s+", " ");
	}

	public List<String> lines() {
		return this.text.lines().toList();
	}

	/**
	 * Returns the rows of a table.
	 * @param header the table's first line
	 * @return the second column by the first
	 */
	public Map<String, String> table(String header) {
		Map<String, String> rows = new LinkedHashMap<>();
		lines().stream()
			.dropWhile((line) -> !line.equals(header))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.map((line) -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
			.forEach((cells) -> rows.put(cells.get(1), cells.get(2)));
		return rows;
	}

}
