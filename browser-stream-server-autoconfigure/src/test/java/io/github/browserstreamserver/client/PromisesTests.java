/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/promises.md}: each promise names tests, and each of these exists.
 */
class PromisesTests {

	private static final Path ROOT = Path.of("..");

	private static final Path PAGE = ROOT.resolve("docs/promises.md");

	private static final Pattern ROW = Pattern.compile("^\\| (?!promise |---)(.+?) \\| (.+) \\|$", Pattern.MULTILINE);

	private static final Pattern REFERENCE = Pattern.compile("`([^`]+)`");

	/** Directories with the sources of tests. */
	private static final List<Path> TESTS = List.of(Path.of("src/test"), ROOT.resolve("sample-app/src/test"));

	@Test
	void everyPromiseNamesATest() throws IOException {
		assertThat(rows()).hasSizeGreaterThan(50)
			.allSatisfy((row) -> assertThat(REFERENCE.matcher(row.group(2)).results()).as(row.group(1)).isNotEmpty());
	}

	@Test
	void everyTestThatAPromiseNamesExists() throws IOException {
		List<String> missing = new ArrayList<>();
		for (MatchResult row : rows()) {
			for (MatchResult reference : REFERENCE.matcher(row.group(2)).results().toList()) {
				if (!exists(reference.group(1))) {
					missing.add(reference.group(1) + " (" + row.group(1) + ")");
				}
			}
		}
		assertThat(missing).isEmpty();
	}

	@Test
	void aTestThatIsNotThereIsMissed() throws IOException {
		assertThat(exists("PromisesTests.aTestThatIsNotThereIsMissed")).isTrue();
		assertThat(exists("PromisesTests.other")).isFalse();
		assertThat(exists("OtherTests.aTestThatIsNotThereIsMissed")).isFalse();
		assertThat(exists("client.test.js: nothing of the kind")).isFalse();
		assertThat(exists("other.test.js: obeys a signal")).isFalse();
	}

	private static List<MatchResult> rows() throws IOException {
		return ROW.matcher(Files.readString(PAGE)).results().toList();
	}

	private static boolean exists(String reference) throws IOException {
		if (reference.contains(".test.js: ")) {
			String[] parts = reference.split(": ", 2);
			return containsIn(parts[0], "it\\([\"`][^\\n]*" + Pattern.quote(parts[1]));
		}
		String[] parts = reference.split("\\.", 2);
		return containsIn(parts[0] + ".java", (parts.length > 1) ? "\\b(void|Stream<\\w+>) " + parts[1] + "\\("
				: "@(Parameterized|Repeated)?Test\\b");
	}

	private static boolean containsIn(String file, String pattern) throws IOException {
		for (Path directory : TESTS) {
			try (Stream<Path> files = Files.walk(directory)) {
				for (Path path : files.filter((each) -> each.getFileName().toString().equals(file)).toList()) {
					if (Pattern.compile(pattern).matcher(Files.readString(path)).find()) {
						return true;
					}
				}
			}
		}
		return false;
	}

}
