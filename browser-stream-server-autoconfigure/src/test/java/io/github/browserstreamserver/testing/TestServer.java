/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.testing;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A whole application on a loopback port of its own, until it is closed.
 */
public final class TestServer implements AutoCloseable {

	/**
	 * Spring Security is on the class path for one application, and would close all. Who
	 * wants it sets {@code spring.autoconfigure.exclude} to nothing.
	 */
	private static final String SECURITY = Stream
		.of("SecurityAutoConfiguration", "UserDetailsServiceAutoConfiguration",
				"web.servlet.ServletWebSecurityAutoConfiguration", "web.servlet.SecurityFilterAutoConfiguration",
				"actuate.web.servlet.ManagementWebSecurityAutoConfiguration")
		.map("org.springframework.boot.security.autoconfigure."::concat)
		.collect(Collectors.joining(","));

	private final ConfigurableApplicationContext context;

	private final String contextPath;

	private TestServer(ConfigurableApplicationContext context) {
		this.context = context;
		this.contextPath = context.getEnvironment().getProperty("server.servlet.context-path", "");
	}

	/**
	 * Starts an application.
	 * @param application its configuration class
	 * @param properties as {@code name=value}
	 * @return the running application
	 */
	public static TestServer start(Class<?> application, String... properties) {
		return new TestServer(new SpringApplicationBuilder(application).registerShutdownHook(false)
			.properties("server.address=127.0.0.1", "server.port=0", "spring.main.banner-mode=off",
					"browser-stream-server.shutdown.drain-timeout=0", "spring.autoconfigure.exclude=" + SECURITY)
			.properties(properties)
			.run());
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	public String origin() {
		return "http://127.0.0.1:" + port();
	}

	/**
	 * Returns where peers connect.
	 * @return the URI with the default prefix
	 */
	public URI endpoint() {
		return endpoint("/browser-server");
	}

	public URI endpoint(String prefix) {
		return URI.create("ws://127.0.0.1:" + port() + this.contextPath + prefix);
	}

	public RawPeer peer() {
		return RawPeer.connect(endpoint()).hello();
	}

	public RawSocket socket() {
		return RawSocket.open(port());
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
