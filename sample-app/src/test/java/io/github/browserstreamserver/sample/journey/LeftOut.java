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

	/** A page never comes back from WebKitGTK's cache here. */
	BACK_FORWARD_CACHE(BrowserKind.WEBKIT, "J6, the page's return from the back/forward cache",
			"WebKitGTK's driver loads pages anew, and has no switch for it");

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
