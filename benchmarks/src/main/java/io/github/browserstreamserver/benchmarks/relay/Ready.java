/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

/**
 * How a relay tells the driver that it can be reached.
 */
public final class Ready {

	/** What the line begins with; the port comes behind it. */
	public static final String WORD = "ready ";

	private Ready() {
	}

	static void say(int port) {
		System.out.println(WORD + port);
	}

}
