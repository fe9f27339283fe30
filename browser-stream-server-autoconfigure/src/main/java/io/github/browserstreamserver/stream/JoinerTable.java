/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The properties of one version of Unicode that {@link JoinerRules} needs, from the
 * committed file {@code joiners.txt}. Not from the JDK: it has none of the emoji, and
 * each JDK has another version. Immutable; read when the first name asks for it.
 */
final class JoinerTable {

	private static final String FILE = "joiners.txt";

	private static final int HEXADECIMAL = 16;

	private static final JoinerTable INSTANCE = new JoinerTable(read());

	private final Map<Property, int[]> ranges = new HashMap<>();

	private final Set<String> sequences;

	private JoinerTable(Map<String, List<String>> sections) {
		for (Property property : Property.values()) {
			this.ranges.put(property, bounds(section(sections, property.section)));
		}
		this.sequences = section(sections, "sequence").stream()
			.map(JoinerTable::text)
			.collect(Collectors.toUnmodifiableSet());
	}

	static boolean has(int codePoint, Property property) {
		int at = Arrays.binarySearch(Objects.requireNonNull(INSTANCE.ranges.get(property)), codePoint);
		// not a bound itself, but behind the first of a range and before its last
		return at >= 0 || at % 2 == 0;
	}

	/**
	 * Returns the emoji that consist of several, and the flags with tags.
	 * @return the sequences; U+1F3FB in them stands for each of the five skin tones
	 */
	static Set<String> sequences() {
		return INSTANCE.sequences;
	}

	private static List<String> section(Map<String, List<String>> sections, String name) {
		return Objects.requireNonNull(sections.get(name), () -> FILE + " has no section " + name);
	}

	private static int[] bounds(List<String> ranges) {
		return ranges.stream()
			.map((range) -> range.split("\\.\\."))
			.flatMap((range) -> Stream.of(range[0], range[range.length - 1]))
			.mapToInt(JoinerTable::codePoint)
			.toArray();
	}

	private static String text(String sequence) {
		return Arrays.stream(sequence.split("-"))
			.map((codePoint) -> Character.toString(codePoint(codePoint)))
			.collect(Collectors.joining());
	}

	private static int codePoint(String text) {
		return Integer.parseInt(text, HEXADECIMAL);
	}

	private static Map<String, List<String>> read() {
		try (InputStream file = Objects.requireNonNull(JoinerTable.class.getResourceAsStream(FILE), FILE);
				BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
			Map<String, List<String>> sections = new HashMap<>();
			List<String> section = new ArrayList<>();
			for (String line : reader.lines().toList()) {
				if (line.startsWith("[")) {
					section = sections.computeIfAbsent(line.substring(1, line.length() - 1),
							(name) -> new ArrayList<>());
				}
				else if (!line.isEmpty() && !line.startsWith("#")) {
					section.addAll(List.of(line.split(" ")));
				}
			}
			return sections;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What a code point can be.
	 */
	enum Property {

		/** Canonical combining class 9. */
		VIRAMA("virama"),

		/** An Arabic letter, or one like it, that joins to the next one. */
		JOINS_TO_NEXT("joins-to-next"),

		/** An Arabic letter, or one like it, that joins to the one before. */
		JOINS_TO_PREVIOUS("joins-to-previous"),

		/** A mark that stands between two letters without parting them. */
		TRANSPARENT("transparent"),

		/** Has a form as text and one as emoji, and variation selectors to choose. */
		VARIATION_BASE("variation-base");

		private final String section;

		Property(String section) {
			this.section = section;
		}

	}

}
