/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

/**
 * What a person has told the browser, or the system, about how pages are to look.
 *
 * @param width how wide windows are, in CSS pixels
 * @param dark whether colours are to be dark
 * @param reducedMotion whether little is to move
 */
record Appearance(int width, boolean dark, boolean reducedMotion) {

	static final Appearance USUAL = new Appearance(1200, false, false);

	static final int HEIGHT = 900;

}
