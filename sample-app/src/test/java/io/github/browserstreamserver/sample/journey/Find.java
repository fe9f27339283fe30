/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

/**
 * How journeys find elements: expressions of JavaScript that give one, or null.
 */
final class Find {

	private static final String VISIBLE = "(element) => element.checkVisibility({ visibilityProperty: true })";

	private Find() {
	}

	/**
	 * A button, or a link that looks like one, by the text on it or the name that readers
	 * hear.
	 */
	static String button(String name) {
		return """
				[...document.querySelectorAll("button, a[href], summary")].filter(%s)
				  .find((element) => (element.ariaLabel ?? element.textContent).trim() === %s) ?? null
				""".formatted(VISIBLE, quoted(name)).strip();
	}

	/** A field, by its label. */
	static String field(String label) {
		return """
				[...document.querySelectorAll("label")].filter(%s)
				  .find((element) => element.textContent.trim() === %s)?.control ?? null
				""".formatted(VISIBLE, quoted(label)).strip();
	}

	/** What the page promises to tests. */
	static String testId(String id) {
		return "document.querySelector(%s)".formatted(quoted("[data-testid=\"" + id + "\"]"));
	}

	private static String quoted(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

}
