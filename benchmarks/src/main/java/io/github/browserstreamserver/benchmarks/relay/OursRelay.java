/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/**
 * This project as a user has it: a Spring Boot application with the starter, and nothing
 * else. On Tomcat or Jetty, whichever is on the class path; without the starter it is
 * what the starter is compared with when it starts.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class OursRelay {

	private int port;

	@EventListener
	void initialized(WebServerInitializedEvent event) {
		this.port = event.getWebServer().getPort();
	}

	@EventListener(ApplicationReadyEvent.class)
	void started() {
		Ready.say(this.port);
	}

	/**
	 * Starts the application.
	 * @param arguments properties, as {@code --name=value}
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(OursRelay.class, arguments);
	}

}
