/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.fuzz;

import ch.qos.logback.classic.Level;

/**
 * What Jazzer calls, in a JVM of its own.
 */
public final class JazzerEntry {

	private static final FuzzTarget TARGET = FuzzTarget.of(System.getProperty(FuzzTarget.PROPERTY, ""));

	private JazzerEntry() {
	}

	public static void fuzzerInitialize() {
		FuzzTarget.logOnly(Level.ERROR);
	}

	public static void fuzzerTestOneInput(byte[] input) {
		TARGET.fuzz(input);
	}

}
