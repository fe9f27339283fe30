/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * J2, J3 and J4, with a mouse and a wide window.
 */
@Tag("short")
class SamplePageJourneyIT extends SamplePageJourneys {

	@RegisterExtension
	static final JourneyStage stage = new JourneyStage();

	SamplePageJourneyIT() {
		super(stage, Hands.MOUSE);
	}

	@Override
	JourneyBrowser hosts() {
		return stage.hosts();
	}

	@Override
	JourneyBrowser clients() {
		return stage.clients();
	}

	@Override
	void look(SampleWindow window) {
		// That is for those who need more than a look.
	}

}
