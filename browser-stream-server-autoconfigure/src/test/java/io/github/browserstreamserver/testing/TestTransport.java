/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.testing;

import java.util.Locale;

/**
 * On what the tests run that start a server. The build says so; without it, in an IDE, it
 * is what the application takes by itself.
 */
public enum TestTransport {

	/** Our own transport on Tomcat. */
	LEAN,

	/** Tomcat's WebSocket engine. */
	STANDARD,

	/** Jetty's. It can do all but read no further. */
	JETTY;

	/**
	 * Returns the one of this run.
	 * @return it
	 */
	public static TestTransport current() {
		return valueOf(System.getProperty("test.transport", "lean").toUpperCase(Locale.ROOT));
	}

	/**
	 * Tells whether a connection can be told to read no further. Jakarta WebSocket has no
	 * word for that, so only Tomcat can.
	 * @return whether it can
	 */
	public static boolean canSuspend() {
		return current() != JETTY;
	}

}
