/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.browserstreamserver.testing.TestServer;
import io.github.browserstreamserver.websocket.OriginRules;
import io.github.browserstreamserver.websocket.StreamConnections;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * An application with SockJS at {@code /boot}, which speaks a {@link TestDialect}.
 */
final class SockJsServer implements AutoCloseable {

	static final String ALLOWED = "https://example.org";

	private final TestServer server;

	SockJsServer() {
		this(XhrTimes.DEFAULTS.patience(), XhrTimes.DEFAULTS.beat());
	}

	/**
	 * Starts one that waits longer for its clients than is usual, or less.
	 */
	SockJsServer(Duration patience, Duration beat) {
		this.server = TestServer.start(Application.class, "test.patience=" + patience, "test.beat=" + beat);
	}

	TestServer http() {
		return this.server;
	}

	TestDialect dialect() {
		return this.server.bean(TestDialect.class);
	}

	StreamConnections connections() {
		return this.server.bean(StreamConnections.class);
	}

	URI uri(String path) {
		return URI.create(this.server.origin() + "/boot" + path);
	}

	TextPeer raw() {
		return TextPeer.connect(this.server.endpoint("/boot/websocket"));
	}

	TextPeer sockJs(String session) {
		return TextPeer.connect(this.server.endpoint("/boot/000/" + session + "/websocket"));
	}

	@Override
	public void close() {
		this.server.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TestDialect testDialect() {
			return new TestDialect();
		}

		@Bean
		BootHandlerMapping bootHandlerMapping(TestDialect dialect, StreamConnections connections,
				@Value("${test.patience}") Duration patience, @Value("${test.beat}") Duration beat) {
			return new BootHandlerMapping("/boot", dialect, connections,
					new OriginRules(List.of(ALLOWED), List.of(), true),
					new XhrTimes(patience, beat, beat.dividedBy(2)));
		}

	}

}
