/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Transport;
import io.github.browserstreamserver.websocket.StreamConnections;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket that carries text, as a transport. It sends by the session's asynchronous
 * remote; what may wait in the container is left to an executor, with a short bound.
 */
abstract class TextSocket implements Transport {

	private static final Logger logger = LoggerFactory.getLogger(TextSocket.class);

	/**
	 * How long Tomcat's blocking sends (its close frames, its pings and answers to them)
	 * may wait for the peer, in milliseconds. Other containers ignore it.
	 */
	private static final String TOMCAT_BLOCKING_SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

	private static final long CONTROL_FRAME_TIMEOUT = 500;

	static final long CLOSE_TIMEOUT = 200;

	/**
	 * How long a peer may take and send nothing once it was told to go, in milliseconds.
	 * Jetty's close frame waits behind what the peer does not take.
	 */
	private static final long CLOSE_PATIENCE = 5_000;

	private final Session session;

	private final StreamConnections connections;

	private final Reading reading;

	private final AtomicBoolean closing = new AtomicBoolean();

	private volatile @Nullable Connection connection;

	private volatile PeerIdentity peer = PeerIdentity.UNKNOWN;

	TextSocket(Session session, StreamConnections connections) {
		this.session = session;
		this.connections = connections;
		this.reading = new Reading(session);
		session.getUserProperties().put(TOMCAT_BLOCKING_SEND_TIMEOUT, CONTROL_FRAME_TIMEOUT);
	}

	/**
	 * Sends what comes before all else.
	 */
	void open() {
	}

	final void connected(Connection connection) {
		this.connection = connection;
	}

	final void isOf(PeerIdentity identity) {
		this.peer = identity;
	}

	@Override
	public final PeerIdentity peer() {
		return this.peer;
	}

	final @Nullable Connection connection() {
		return this.connection;
	}

	final Session session() {
		return this.session;
	}

	final void receiveText(String part, boolean last) {
		Connection connection = this.connection;
		if (connection != null && !this.closing.get()) {
			receive(connection, part, last);
		}
	}

	final void receiveBytes(ByteBuffer part, boolean last) {
		Connection connection = this.connection;
		if (connection != null && !this.closing.get()) {
			receive(connection, part, last);
		}
	}

	abstract void receive(Connection connection, String part, boolean last);

	abstract void receive(Connection connection, ByteBuffer part, boolean last);

	/**
	 * Sends a text message. The caller waits for its end before the next.
	 */
	final void send(String message, Completion completion) {
		try {
			this.session.getAsyncRemote().sendText(message, (result) -> completion.completed(result.isOK()));
		}
		catch (RuntimeException ex) {
			logger.debug("A write failed: {}", ex.toString());
			completion.completed(false);
		}
	}

	/**
	 * Sends a ping, which the container of a peer that is there answers.
	 */
	final void ping(Completion completion) {
		// a container may wait in it
		this.connections.helper().execute(() -> completion.completed(ping()));
	}

	private boolean ping() {
		try {
			this.session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
			return true;
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("A ping failed: {}", ex.toString());
			return false;
		}
	}

	final Completion thenPing(Completion completion) {
		return (written) -> {
			if (written) {
				ping(completion);
			}
			else {
				completion.completed(false);
			}
		};
	}

	@Override
	public final boolean asksForAnswers() {
		return true;
	}

	@Override
	public final void close(int code, String reason) {
		if (!this.closing.compareAndSet(false, true)) {
			return;
		}
		this.connections.closer().execute(() -> {
			try {
				this.session.getUserProperties().put(TOMCAT_BLOCKING_SEND_TIMEOUT, CLOSE_TIMEOUT);
				this.session.setMaxIdleTimeout(CLOSE_PATIENCE);
				// the container must read the peer's answer
				this.reading.finish();
				beforeClose(code, reason);
				this.session.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("Closing failed: {}", ex.toString());
			}
		});
	}

	/**
	 * Sends what comes before the close, in a short time or not at all.
	 */
	void beforeClose(int code, String reason) {
	}

	@Override
	public final boolean suspend() {
		return this.reading.suspend();
	}

	@Override
	public final void resume() {
		this.reading.resume();
	}

}
