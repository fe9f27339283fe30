/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.stream.PeerLimits;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.WheelTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The live connections: bounds their number, tells them about the time once a second,
 * closes them when the application stops, and has the threads on which sockets are
 * closed. Safe for use by several threads.
 */
public final class StreamConnections {

	private static final Logger logger = LoggerFactory.getLogger(StreamConnections.class);

	private static final int CLOSERS = 8;

	private static final long TICK_MILLIS = TimeUnit.SECONDS.toMillis(1) / ConnectionWheel.SLOTS;

	/**
	 * Longer than a connection waits for a write to finish before it is closed over it.
	 */
	private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(4);

	/** In the place of whose connection it is, for one that is not counted. */
	private static final PeerIdentity REFUSED = new PeerIdentity() {
	};

	private final ConnectionWheel live = new ConnectionWheel();

	private final Admission admission;

	private final WheelTime time;

	private volatile boolean running;

	private @Nullable ScheduledExecutorService clock;

	private @Nullable ScheduledFuture<?> ticking;

	private volatile ThreadPoolExecutor closer = newExecutor("close-");

	private volatile ThreadPoolExecutor helper = newExecutor("help-");

	/**
	 * Creates a place for as many connections as come.
	 */
	public StreamConnections() {
		this(PeerLimits.NONE);
	}

	/**
	 * Creates a place for connections.
	 * @param limits how many there may be
	 */
	public StreamConnections(PeerLimits limits) {
		this(limits, new WheelTime());
	}

	/**
	 * Creates a place for connections.
	 * @param limits how many there may be
	 * @param time the time by which they are judged, which passes as they are looked at
	 */
	public StreamConnections(PeerLimits limits, WheelTime time) {
		this.admission = new Admission(limits);
		this.time = time;
	}

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
		this.ticking = scheduler.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
		this.clock = scheduler;
		if (this.closer.isShutdown()) {
			this.closer = newExecutor("close-");
			this.helper = newExecutor("help-");
		}
		this.running = true;
	}

	/**
	 * Takes no new connections, asks all peers to come back later, and waits until their
	 * streams are over.
	 * @param time how long to wait at most
	 * @param spread over what time peers are to come back
	 * @return whether all are over
	 */
	public boolean drain(Duration time, Duration spread) {
		this.running = false;
		this.live.forEach((connection) -> unharmed(() -> connection.drain(spread)));
		return awaitNoneLive(time);
	}

	/**
	 * Closes all connections, takes no new ones, and waits up to four seconds until their
	 * sockets are closed: a write that is under way is finished first. A second call has
	 * no effect.
	 */
	public synchronized void stop() {
		this.running = false;
		this.live.forEach((connection) -> unharmed(connection::shutdown));
		if (!awaitNoneLive(CLOSE_PATIENCE)) {
			logger.debug("Some peers did not take the end of their connection in time");
		}
		if (this.ticking != null) {
			this.ticking.cancel(false);
			this.ticking = null;
		}
		if (this.clock != null) {
			this.clock.shutdownNow();
			this.clock = null;
			this.time.stopped();
		}
		this.closer.shutdown();
		this.helper.shutdown();
	}

	private boolean awaitNoneLive(Duration time) {
		long deadline = System.nanoTime() + time.toNanos();
		synchronized (this.live) {
			try {
				while (this.live.size() > 0) {
					long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
					if (left <= 0) {
						return false;
					}
					this.live.wait(left);
				}
				return true;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
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
	 * Keeps a connection and admits it, shuts it down when none are taken, and refuses it
	 * when there are too many.
	 * @param connection a live one
	 */
	public void add(Connection connection) {
		PeerIdentity identity = connection.identity();
		String refusal = this.admission.enter(identity);
		this.live.add(connection, (refusal == null) ? identity : REFUSED);
		if (!this.running) {
			connection.shutdown();
		}
		else if (refusal != null) {
			connection.refuse(refusal);
		}
		else {
			connection.admitted();
		}
	}

	/**
	 * Looks whether there are too many connections for one more.
	 * @param who whose it would be
	 * @return which bound there is, or {@code null} if there is room
	 */
	@Nullable String refusal(PeerIdentity who) {
		return this.admission.refusal(who);
	}

	/**
	 * Forgets a connection. A second call has no effect.
	 * @param connection one that is over
	 */
	public void remove(Connection connection) {
		PeerIdentity identity = this.live.remove(connection);
		if (identity != null && identity != REFUSED) {
			this.admission.leave(identity);
		}
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

	/**
	 * Returns the time by which connections are judged.
	 * @return nanoseconds
	 */
	public long now() {
		return this.time.getAsLong();
	}

	private void tick() {
		this.time.turned();
		this.live.turn((connection) -> unharmed(connection::tick));
	}

	/** A fault with one connection is not to be the others' fault. */
	private static void unharmed(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException | Error ex) {
			logger.error("A fault in browser-stream-server while it looked at a connection", ex);
		}
	}

}
