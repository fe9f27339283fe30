/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample;

import java.util.Optional;

import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.Message;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Java code as a host, in the plain blocking way: sends everything back, so that a single
 * window has somebody to talk to. A client that does not read slows down only itself.
 */
@Component
class EchoServer implements SmartInitializingSingleton {

	static final String NAME = "echo";

	private final ProxyRegistry registry;

	EchoServer(ProxyRegistry registry) {
		this.registry = registry;
	}

	/** Before the web server starts, so that no tab takes the name. */
	@Override
	public void afterSingletonsInstantiated() {
		this.registry.listen(NAME, EchoServer::echo);
	}

	private static void echo(DuplexStream stream) throws InterruptedException {
		Optional<Message> message = stream.receive();
		while (message.isPresent()) {
			stream.send(message.get());
			message = stream.receive();
		}
		stream.end();
	}

}
