/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.support;

import java.util.List;
import java.util.Locale;

/**
 * On what the sample application runs in these tests. The build says so; without it, in
 * an IDE, it is what the application takes by itself.
 */
public enum TestTransport {

	/** Our own transport on Tomcat, which needs no word. */
	LEAN("Tomcat"),

	/** Tomcat's WebSocket engine. */
	STANDARD("Tomcat", "--browser-stream-server.transport=standard"),

	/**
	 * Jetty's. The build has put it on the class path, which the application inherits. It
	 * can do all but read no further.
	 */
	JETTY("Jetty");

	private final String server;

	private final List<String> properties;

	TestTransport(String server, String... properties) {
		this.server = server;
		this.properties = List.of(properties);
	}

	public static TestTransport current() {
		return valueOf(System.getProperty("test.transport", "lean").toUpperCase(Locale.ROOT));
	}

	/** Returns the word for it in the log when it starts. */
	public String server() {
		return this.server;
	}

	/** Returns what the application is told on its command line. */
	public List<String> properties() {
		return this.properties;
	}

}
