/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.testing;

import java.util.Locale;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That the tests run on what the build says they run on.
 */
@Tag("transport")
class TestTransportTests {

	private static final String LOOP = "browser-stream-server-loop";

	@Test
	void runsOnTheServerAndTheTransportThatTheBuildSays() {
		try (TestServer server = TestServer.start(Application.class); RawPeer peer = server.peer().listen("name")) {
			peer.roundTrip("here");
			String webServer = ((WebServerApplicationContext) server.context()).getWebServer()
				.getClass()
				.getSimpleName()
				.toLowerCase(Locale.ROOT);
			boolean jetty = TestTransport.current() == TestTransport.JETTY;
			assertThat(webServer).startsWith(jetty ? "jetty" : "tomcat");
			// an event loop carries it, or does not
			assertThat(Thread.getAllStackTraces()
				.keySet()
				.stream()
				.anyMatch((thread) -> thread.getName().startsWith(LOOP)))
				.isEqualTo(TestTransport.current() == TestTransport.LEAN);
		}
	}

	@Test
	void serversHaveVirtualThreadsIfTheEnvironmentSaysSo() {
		boolean virtual = Boolean.parseBoolean(System.getenv("SPRING_THREADS_VIRTUAL_ENABLED"))
				&& Runtime.version().feature() >= 21;
		try (TestServer server = TestServer.start(Application.class); RawSocket socket = server.socket()) {
			assertThat(socket.get("/thread").body().startsWith("VirtualThread")).isEqualTo(virtual);
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Threads threads() {
			return new Threads();
		}

	}

	@RestController
	static class Threads {

		@GetMapping("/thread")
		String thread() {
			return Thread.currentThread().toString();
		}

	}

}
