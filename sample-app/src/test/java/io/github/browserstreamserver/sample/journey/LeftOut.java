/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import org.junit.jupiter.api.Assumptions;

/**
 * Journeys, and parts of journeys, that a browser's platform or driver cannot do. All of
 * them are here, and each is printed where it is left out.
 */
enum LeftOut {

	/** A page that is loaded anew has nothing of its old self to listen again. */
	BACK_FORWARD_CACHE(BrowserKind.FIREFOX, "J6, the host's return from the back/forward cache",
			"Firefox keeps no page there that has a WebSocket open");

	private final BrowserKind browser;

	private final String what;

	private final String reason;

	LeftOut(BrowserKind browser, String what, String reason) {
		this.browser = browser;
		this.what = what;
		this.reason = reason;
	}

	/** Whether this is left out in the browser of this run, which it prints then. */
	boolean here() {
		boolean here = BrowserKind.current() == this.browser;
		if (here) {
			JourneyStage.say("left out in " + this.browser + ": " + this.what + ": " + this.reason);
		}
		return here;
	}

	/** Skips the journey where this is left out, in CI too. */
	void skip() {
		Assumptions.assumeFalse(here(), this.reason);
	}

}
