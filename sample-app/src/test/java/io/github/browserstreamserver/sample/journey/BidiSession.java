/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.openqa.selenium.bidi.Command;
import org.openqa.selenium.bidi.Connection;
import org.openqa.selenium.bidi.Event;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpClient;

/**
 * A session of WebDriver BiDi with a browser that speaks it by itself.
 */
final class BidiSession implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final HttpClient http;

	private final Connection connection;

	private BidiSession(HttpClient http, Connection connection) {
		this.http = http;
		this.connection = connection;
	}

	static BidiSession open(int port) {
		URI server = URI.create("http://127.0.0.1:" + port);
		HttpClient http = HttpClient.Factory.createDefault()
			.createClient(ClientConfig.defaultConfig().baseUri(server).readTimeout(PATIENCE));
		BidiSession session = new BidiSession(http, new Connection(http, "ws://127.0.0.1:" + port + "/session"));
		session.send("session.new", Map.of("capabilities", Map.of("alwaysMatch", Map.of("acceptInsecureCerts", true))));
		return session;
	}

	/** Sends a command and waits for its result. */
	Map<String, Object> send(String method, Map<String, Object> parameters) {
		return this.connection.sendAndWait(new Command<>(method, parameters, Map.class), PATIENCE);
	}

	/** Has a consumer called for each event of a kind. */
	void listen(String event, Consumer<Map<String, Object>> consumer) {
		this.connection.addListener(event, new Event<>(event, (parameters) -> parameters), consumer);
		send("session.subscribe", Map.of("events", List.of(event)));
	}

	@Override
	public void close() {
		try (this.http) {
			this.connection.close();
		}
	}

}
