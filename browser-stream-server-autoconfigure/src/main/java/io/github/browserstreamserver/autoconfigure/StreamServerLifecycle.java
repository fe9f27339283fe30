/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.websocket.StreamConnections;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops with the application. It stops before the web server does, so that
 * peers are told and the server's graceful shutdown has no WebSocket to wait for.
 */
final class StreamServerLifecycle implements SmartLifecycle {

	private final ProxyRegistry registry;

	private final StreamConnections connections;

	private final LibraryThreads threads;

	StreamServerLifecycle(ProxyRegistry registry, StreamConnections connections, LibraryThreads threads) {
		this.registry = registry;
		this.connections = connections;
		this.threads = threads;
	}

	@Override
	public void start() {
		this.threads.startAnnouncing();
		this.registry.resume();
		this.connections.start();
	}

	@Override
	public void stop() {
		this.registry.shutdown();
		this.connections.stop();
		this.threads.finishAnnouncing();
	}

	@Override
	public boolean isRunning() {
		return this.connections.isRunning();
	}

}
