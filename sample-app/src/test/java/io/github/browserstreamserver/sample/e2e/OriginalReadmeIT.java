/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.io.IOException;
import java.util.List;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.OriginalClients;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of 2012 runs as it was written: the example of the original's README, word for
 * word, in two browsers.
 */
class OriginalReadmeIT {

	private static final String CAPTURE = """
			page.lines = new Promise((resolve) => {
			  console.log = (...values) => resolve(values.map(String));
			});
			""";

	@RegisterExtension
	static final Stage stage = new Stage();

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void exampleOfTheOriginalsReadmePassesDataBothWays(String version) throws IOException {
		OriginalTab server = stage.originalHost(version);
		server.run(CAPTURE);
		server.addScript(example("## Example browser server"));
		Await.until("the name is there", Stage.PATIENCE, () -> stage.sample().names().contains("SERVER_NAME"));
		OriginalTab client = stage.originalClient(version);
		client.run(CAPTURE);
		client.addScript(example("## Example browser client"));

		assertThat(client.list("return page.lines")).isEqualTo(List.of("[CLIENT]", "from server"));
		assertThat(server.list("return page.lines")).isEqualTo(List.of("[SERVER]", "from client"));
		server.closeWindow();
		Await.until("the name is gone", Stage.PATIENCE, () -> !stage.sample().names().contains("SERVER_NAME"));
	}

	/** The code below a heading. */
	private static String example(String heading) throws IOException {
		List<String> code = OriginalClients.readme()
			.lines()
			.dropWhile((line) -> !line.startsWith(heading))
			.dropWhile((line) -> !line.startsWith("```"))
			.skip(1)
			.takeWhile((line) -> !line.startsWith("```"))
			.toList();
		assertThat(code).as("code below " + heading).anyMatch((line) -> line.contains("require(\"boot\")"));
		return String.join("\n", code);
	}

}
