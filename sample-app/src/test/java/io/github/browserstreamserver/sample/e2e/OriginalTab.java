/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.util.List;
import java.util.logging.Level;

import io.github.browserstreamserver.sample.support.Await;

/**
 * A page that has loaded the original's clients, as one from 2012 would. They reconnect,
 * for they come with {@code boot}.
 */
final class OriginalTab implements OriginalPeer {

	/**
	 * What the page of the original's README has, and {@code origin} as in Node.
	 */
	private static final String PRELUDE = """
			const StreamServer = require("browser-stream-server");
			const StreamClient = StreamServer;
			const boot = require("boot");
			const origin = location.origin.replace("http", "ws");
			return inTime(async () => {
			""";

	private static final String END = "\n});";

	private final Tab tab;

	OriginalTab(Tab tab) {
		this.tab = tab;
		Await.until("the page has its scripts", Stage.PATIENCE,
				() -> Boolean.TRUE.equals(tab.runPlain("return globalThis.require && globalThis.inTime && true")));
	}

	@Override
	public Object run(String script, Object... args) {
		return this.tab.runPlain(PRELUDE + script + END, args);
	}

	/**
	 * Adds a script to the page as an author would, between script tags.
	 * @param source what is between the tags
	 */
	void addScript(String source) {
		this.tab.addScript(source);
	}

	List<String> console(Level level) {
		return this.tab.console(level);
	}

	/** Closes the tab as a user does. */
	void closeWindow() {
		this.tab.closeWindow();
	}

}
