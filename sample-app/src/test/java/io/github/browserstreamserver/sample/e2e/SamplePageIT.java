/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.util.logging.Level;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that the sample application serves.
 */
@Tag("short")
class SamplePageIT {

	@RegisterExtension
	static final Stage stage = new Stage();

	@Test
	void pageLoadsAndConnectsWithoutAWordOnTheConsole() {
		assertThat(stage.sample().get("/").statusCode()).isEqualTo(200);
		Tab page = stage.page("/");
		// Over the page's own connection: boot() gives everybody the same.
		Object events = page.run(
				"""
						if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve));
						return (await record(StreamClient(boot()).connect(args[0]))).join();
						""",
				stage.name());
		assertThat(events).isEqualTo("NO_SUCH_SERVER,close");
		assertThat(page.console(Level.WARNING)).as("console of the page").isEmpty();
	}

}
