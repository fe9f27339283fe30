/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample;

import java.util.Optional;

import io.github.browserstreamserver.route.RouteMatch;
import io.github.browserstreamserver.route.StreamRoute;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.Message;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Java code behind a path instead of a name: {@code mdm.createStream("/echo/1")} in a tab
 * gets back what it sends, until it ends.
 */
@Configuration(proxyBeanMethods = false)
class EchoRoute {

	@Bean
	StreamRoute echo() {
		return new StreamRoute("/echo/*", EchoRoute::serve);
	}

	private static void serve(DuplexStream stream, RouteMatch match) throws InterruptedException {
		Optional<Message> message = stream.receive();
		while (message.isPresent()) {
			stream.send(message.get());
			message = stream.receive();
		}
		stream.end();
	}

}
