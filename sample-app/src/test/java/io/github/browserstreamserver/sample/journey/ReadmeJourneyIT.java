/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * J1: somebody copies the first example of the README, word for word, into two pages.
 */
@Tag("short")
class ReadmeJourneyIT {

	@RegisterExtension
	static final JourneyStage stage = new JourneyStage();

	@Test
	void exampleOfTheReadmePassesDataBothWays() throws IOException {
		ReadmeExample.assertPassesDataBothWays(stage.sample(), stage.host(), stage.client());
	}

}
