/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.SampleProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first example of the README, word for word, in two pages.
 */
final class ReadmeExample {

	private static final Path README = Path.of("..", "README.md");

	private static final String SECOND_HALF = "// in another browser";

	private static final String CAPTURE = """
			page.lines = [];
			console.log = (...values) => page.lines.push(JSON.stringify(values));
			""";

	private ReadmeExample() {
	}

	static void assertPassesDataBothWays(SampleProcess sample, Page host, Page client) throws IOException {
		String example = example();
		String line = example.lines().findFirst().orElseThrow();
		int half = example.indexOf(SECOND_HALF);
		assertThat(line).startsWith("import ");
		assertThat(half).as("the second half, from \"%s\" on, of%n%s", SECOND_HALF, example).isPositive();

		host.call(CAPTURE);
		host.addModule(example.substring(0, half));
		Await.until("the name is there", JourneyStage.PATIENCE, () -> sample.names().contains("SERVER_NAME"));
		client.call(CAPTURE);
		client.addModule(line + "\n" + example.substring(half));

		assertLine(client, "[\"[CLIENT]\",\"hello from the tab\"]");
		assertLine(host, "[\"[SERVER]\",{\"any\":[\"JSON\",\"text\",\"or bytes\"]}]");
	}

	private static void assertLine(Page page, String line) {
		Await.until("the page has logged " + line, JourneyStage.PATIENCE, () -> {
			List<String> lines = Page.strings(page.call("return page.lines"));
			assertThat(lines).isSubsetOf(line);
			return lines.equals(List.of(line));
		});
	}

	/**
	 * The block of code that begins with the import, whether it is fenced or indented.
	 */
	private static String example() throws IOException {
		List<String> block = Files.readAllLines(README)
			.stream()
			.dropWhile((each) -> !each.strip().startsWith("import { boot"))
			.takeWhile((each) -> !each.startsWith("```") && !each.startsWith("In Java"))
			.toList();
		assertThat(block).as("JavaScript in " + README).isNotEmpty();
		return String.join("\n", block).stripIndent().strip();
	}

}
