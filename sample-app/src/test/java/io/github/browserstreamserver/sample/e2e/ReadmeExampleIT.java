/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.browserstreamserver.sample.support.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first example that anybody tries, word for word.
 */
class ReadmeExampleIT {

	private static final Path README = Path.of("..", "README.md");

	private static final String SECOND_HALF = "// in another browser";

	private static final String CAPTURE = """
			page.lines = [];
			page.changed = () => {};
			console.log = (...values) => {
			  page.lines.push(JSON.stringify(values));
			  page.changed();
			};
			""";

	private static final String LINES = """
			const enough = () => page.lines.length >= 1;
			if (!enough()) await new Promise((resolve) => { page.changed = () => enough() && resolve(); });
			return page.lines;
			""";

	@RegisterExtension
	static final Stage stage = new Stage();

	@Test
	void exampleOfTheReadmePassesDataBothWays() throws IOException {
		String example = example();
		String line = example.lines().findFirst().orElseThrow();
		int half = example.indexOf(SECOND_HALF);
		assertThat(line).startsWith("import ");
		assertThat(half).as("the second half, from \"%s\" on, of%n%s", SECOND_HALF, example).isPositive();

		Tab host = stage.host();
		host.run(CAPTURE);
		host.addModule(example.substring(0, half));
		Await.until("the name is there", Stage.PATIENCE, () -> stage.sample().names().contains("SERVER_NAME"));
		Tab client = stage.client();
		client.run(CAPTURE);
		client.addModule(line + "\n" + example.substring(half));

		assertThat(client.list(LINES)).containsExactly("[\"[CLIENT]\",\"hello from the tab\"]");
		assertThat(host.list(LINES)).containsExactly("[\"[SERVER]\",{\"any\":[\"JSON\",\"text\",\"or bytes\"]}]");
	}

	/**
	 * The block of code that begins with the import, whether it is fenced or indented.
	 */
	private static String example() throws IOException {
		List<String> lines = Files.readAllLines(README);
		List<String> block = lines.stream()
			.dropWhile((each) -> !each.strip().startsWith("import { boot"))
			.takeWhile((each) -> !each.startsWith("```") && !each.startsWith("In Java"))
			.toList();
		assertThat(block).as("JavaScript in " + README).isNotEmpty();
		return String.join("\n", block).stripIndent().strip();
	}

}
