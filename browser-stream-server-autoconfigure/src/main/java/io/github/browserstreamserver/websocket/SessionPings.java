/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings of WebSocket on a container's session, between its writes: Tomcat closes a
 * session on which a ping has to wait for a write. A ping may itself wait in the
 * container, so it is left to an executor, and a write that comes meanwhile goes out
 * behind it.
 */
final class SessionPings {

	private static final Logger logger = LoggerFactory.getLogger(SessionPings.class);

	private final Session session;

	private final Executor helper;

	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private boolean writing;

	@GuardedBy("lock")
	private boolean pinging;

	/** A write that waits for the ping. */
	@GuardedBy("lock")
	private @Nullable Runnable held;

	/** What the last ping has. */
	@GuardedBy("lock")
	private long asked;

	SessionPings(Session session, Executor helper) {
		this.session = session;
		this.helper = helper;
	}

	/**
	 * Begins a write, now or behind the ping that is under way. There is one at a time.
	 * @param write what writes; {@link #written()} is called when it is over
	 */
	void write(Runnable write) {
		this.lock.lock();
		try {
			if (this.pinging) {
				this.held = write;
				return;
			}
			this.writing = true;
		}
		finally {
			this.lock.unlock();
		}
		write.run();
	}

	void written() {
		this.lock.lock();
		try {
			this.writing = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Sends a ping, unless a write is under way.
	 * @return whether one will be sent
	 */
	boolean ask() {
		ByteBuffer payload = ByteBuffer.allocate(Long.BYTES);
		this.lock.lock();
		try {
			if (this.writing || this.pinging) {
				return false;
			}
			this.pinging = true;
			this.asked = ThreadLocalRandom.current().nextLong();
			payload.putLong(this.asked).flip();
		}
		finally {
			this.lock.unlock();
		}
		this.helper.execute(() -> ping(payload));
		return true;
	}

	private void ping(ByteBuffer payload) {
		try {
			this.session.getAsyncRemote().sendPing(payload);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("A ping failed: {}", ex.toString());
		}
		Runnable next;
		this.lock.lock();
		try {
			this.pinging = false;
			next = this.held;
			this.held = null;
			this.writing = next != null;
		}
		finally {
			this.lock.unlock();
		}
		if (next != null) {
			next.run();
		}
	}

	/**
	 * Tells whether a pong answers the last ping, and is not a mere assertion.
	 * @param payload the pong's payload
	 * @return whether it does
	 */
	boolean isAnswered(ByteBuffer payload) {
		this.lock.lock();
		try {
			return payload.remaining() == Long.BYTES && payload.getLong(payload.position()) == this.asked;
		}
		finally {
			this.lock.unlock();
		}
	}

}
