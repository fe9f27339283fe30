/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.util.Locale;
import java.util.function.Function;

/**
 * The browsers in which people go on journeys. The build says which: the system property
 * {@code journey.browser}.
 */
enum BrowserKind {

	/** Through chromedriver. */
	CHROMIUM(Chromium::start),

	/** Over WebDriver BiDi, by the browser itself. */
	FIREFOX(Firefox::start),

	/** WebKitGTK's MiniBrowser through WebKitWebDriver, on a display that nobody sees. */
	WEBKIT(WebKit::start);

	private final Function<Appearance, JourneyBrowser> starter;

	BrowserKind(Function<Appearance, JourneyBrowser> starter) {
		this.starter = starter;
	}

	static BrowserKind current() {
		return valueOf(System.getProperty("journey.browser", "chromium").toUpperCase(Locale.ROOT));
	}

	/**
	 * Starts one. Without the browser the test is skipped, but in CI it fails.
	 * @param appearance how pages are to look
	 * @return the browser
	 */
	JourneyBrowser start(Appearance appearance) {
		return this.starter.apply(appearance);
	}

}
