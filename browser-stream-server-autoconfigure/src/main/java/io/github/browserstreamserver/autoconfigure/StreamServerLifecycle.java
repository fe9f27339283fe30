/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.time.Duration;

import io.github.browserstreamserver.lean.EventLoops;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.route.StreamRoutes;
import io.github.browserstreamserver.websocket.StreamConnections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops with the application. It stops before the web server does, so that
 * peers are told, streams in progress may finish, and the server's graceful shutdown has
 * no WebSocket to wait for.
 */
final class StreamServerLifecycle implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(StreamServerLifecycle.class);

	private final ProxyRegistry registry;

	private final StreamConnections connections;

	private final LibraryThreads threads;

	private final StreamRoutes routes;

	private final EventLoops loops;

	private final Duration drainTimeout;

	private final Duration spread;

	StreamServerLifecycle(ProxyRegistry registry, StreamConnections connections, LibraryThreads threads,
			StreamRoutes routes, EventLoops loops, Duration drainTimeout, Duration spread) {
		this.drainTimeout = drainTimeout;
		this.spread = spread;
		this.loops = loops;
		this.routes = routes;
		this.registry = registry;
		this.connections = connections;
		this.threads = threads;
	}

	@Override
	public void start() {
		// two of the same are found now, and not by the first who asks
		this.routes.all();
		this.threads.startAnnouncing();
		this.registry.resume();
		this.connections.start();
	}

	@Override
	public void stop() {
		this.registry.close();
		int peers = this.connections.count();
		if (peers > 0 && !this.drainTimeout.isZero()) {
			logger.info("Waiting up to {} ms for {} connections to finish (shutdown.drain-timeout)",
					this.drainTimeout.toMillis(), peers);
		}
		if (!this.connections.drain(this.drainTimeout, this.spread) && !this.drainTimeout.isZero()) {
			logger.info("{} connections were not over in time; they are closed", this.connections.count());
		}
		this.registry.shutdown();
		this.connections.stop();
		this.loops.stop();
		this.threads.finishAnnouncing();
	}

	@Override
	public boolean isRunning() {
		return this.connections.isRunning();
	}

}
