/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.transport.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The live connections: tells them about the time once a second, closes them when the
 * application stops, and has the threads on which sockets are closed. Safe for use by
 * several threads.
 */
public final class StreamConnections {

	private static final Logger logger = LoggerFactory.getLogger(StreamConnections.class);

	private static final int CLOSERS = 8;

	/**
	 * Longer than a connection waits for a write to finish before it is closed over it.
	 */
	private static final long CLOSE_PATIENCE_SECONDS = 4;

	private final Set<Connection> live = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	private @Nullable ScheduledExecutorService clock;

	private @Nullable ScheduledFuture<?> ticking;

	private volatile ThreadPoolExecutor closer = newExecutor("close-");

	private volatile ThreadPoolExecutor helper = newExecutor("help-");

	private static ThreadPoolExecutor newExecutor(String name) {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(CLOSERS, CLOSERS, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), threads(name),
				// who still comes after the end closes the socket himself
				(task, pool) -> task.run());
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	private static CustomizableThreadFactory threads(String name) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("browser-stream-server-" + name);
		factory.setDaemon(true);
		return factory;
	}

	/**
	 * Begins to take connections. A second call has no effect.
	 */
	public synchronized void start() {
		if (this.running) {
			return;
		}
		ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(threads("clock-"));
		this.ticking = scheduler.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
		this.clock = scheduler;
		if (this.closer.isShutdown()) {
			this.closer = newExecutor("close-");
			this.helper = newExecutor("help-");
		}
		this.running = true;
	}

	/**
	 * Closes all connections, takes no new ones, and waits up to four seconds until their
	 * sockets are closed: a write that is under way is finished first. A second call has
	 * no effect.
	 */
	public synchronized void stop() {
		this.running = false;
		this.live.forEach(Connection::shutdown);
		try {
			if (!awaitNoneLive()) {
				logger.debug("Some peers did not take the end of their connection in time");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (this.ticking != null) {
			this.ticking.cancel(false);
			this.ticking = null;
		}
		if (this.clock != null) {
			this.clock.shutdownNow();
			this.clock = null;
		}
		this.closer.shutdown();
		this.helper.shutdown();
	}

	private boolean awaitNoneLive() throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_PATIENCE_SECONDS);
		synchronized (this.live) {
			while (!this.live.isEmpty()) {
				long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				if (left <= 0) {
					return false;
				}
				this.live.wait(left);
			}
			return true;
		}
	}

	/**
	 * Returns whether connections are taken.
	 * @return whether it was started and not stopped
	 */
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Returns how many connections are live.
	 * @return their number now
	 */
	public int count() {
		return this.live.size();
	}

	/**
	 * Keeps a connection, or shuts it down when none are taken.
	 * @param connection a live one
	 */
	public void add(Connection connection) {
		this.live.add(connection);
		if (!this.running) {
			connection.shutdown();
		}
	}

	/**
	 * Forgets a connection. A second call has no effect.
	 * @param connection one that is over
	 */
	public void remove(Connection connection) {
		this.live.remove(connection);
		synchronized (this.live) {
			this.live.notifyAll();
		}
	}

	/**
	 * Returns threads for what may wait for a peer, in a short bound.
	 * @return an executor
	 */
	public Executor closer() {
		return this.closer;
	}

	/**
	 * Returns threads for what a live connection waits for, such as its pings: it must
	 * not stand in line behind the closing of sockets whose peers take nothing.
	 * @return an executor
	 */
	public Executor helper() {
		return this.helper;
	}

	private void tick() {
		for (Connection connection : this.live) {
			try {
				connection.tick();
			}
			catch (RuntimeException | Error ex) {
				logger.error("A fault in browser-stream-server while it looked at a connection", ex);
			}
		}
	}

}
