/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.testing;

import java.util.Locale;

/**
 * How much is tried where more can always be tried, and how long tests wait for a real
 * clock. The build says which with {@code -Dtest.extent}; without it, in an IDE, it is
 * the short one.
 */
public enum Extent {

	/** What a person waits for, in {@code mvn verify}. */
	SHORT,

	/** In {@code mvn verify -Pall}. */
	ALL;

	/**
	 * Returns the one of this run.
	 * @return it
	 */
	public static Extent current() {
		return valueOf(System.getProperty("test.extent", "short").toUpperCase(Locale.ROOT));
	}

	/**
	 * Chooses between two extents of a test.
	 * @param inShort a count or a time for the short build
	 * @param inAll the same for the whole one
	 * @param <T> what it is
	 * @return the one of this run
	 */
	public static <T> T of(T inShort, T inAll) {
		return (current() == SHORT) ? inShort : inAll;
	}

}
