/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.transport.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The container's WebSocket session behind Spring's {@code WebSocketSession} as a
 * transport. Spring's own {@code sendMessage} waits for the peer; the session's
 * asynchronous remote does not. Closing may wait in the container for a write that the
 * peer does not take, so it is left to an executor, with a short bound.
 */
final class SessionTransport implements Transport {

	private static final Logger logger = LoggerFactory.getLogger(SessionTransport.class);

	/**
	 * How long Tomcat's blocking sends (its close frames, its answers to pings) may wait
	 * for the peer, in milliseconds. Other containers ignore it.
	 */
	private static final String TOMCAT_BLOCKING_SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

	/**
	 * How long Tomcat waits for the peer's answer to a close frame, in milliseconds. Its
	 * own measure is half a minute.
	 */
	private static final String TOMCAT_CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

	private static final long CONTROL_FRAME_TIMEOUT = 500;

	private static final long CLOSE_TIMEOUT = 200;

	/**
	 * How long a peer may take and send nothing once it was told to go, in milliseconds.
	 * Jetty's close frame waits behind what the peer does not take.
	 */
	private static final long CLOSE_PATIENCE = 5_000;

	private final Session session;

	private final StreamConnections connections;

	private final PeerIdentity peer;

	private final SessionPings pings;

	/**
	 * Creates a transport.
	 * @param session the session
	 * @param connections have the threads that close it and ping
	 * @param peer who is at its other end
	 * @param patience after what time the dialect ends a connection whose peer takes
	 * nothing. Jetty must be told too: it does not close one over a write that does not
	 * end while the peer goes on sending
	 */
	SessionTransport(Session session, StreamConnections connections, PeerIdentity peer, Duration patience) {
		this.session = session;
		this.connections = connections;
		this.peer = peer;
		this.pings = new SessionPings(session, connections.helper());
		session.getUserProperties().put(TOMCAT_BLOCKING_SEND_TIMEOUT, CONTROL_FRAME_TIMEOUT);
		session.getAsyncRemote().setSendTimeout(patience.toMillis() + CLOSE_PATIENCE);
	}

	@Override
	public PeerIdentity peer() {
		return this.peer;
	}

	@Override
	public void write(ByteBuffer message, Completion completion) {
		this.pings.write(() -> send(message, completion));
	}

	private void send(ByteBuffer message, Completion completion) {
		try {
			this.session.getAsyncRemote().sendBinary(message, (result) -> written(completion, result.isOK()));
		}
		catch (RuntimeException ex) {
			logger.debug("A write failed: {}", ex.toString());
			written(completion, false);
		}
	}

	private void written(Completion completion, boolean worked) {
		this.pings.written();
		completion.completed(worked);
	}

	@Override
	public boolean ask() {
		return this.pings.ask();
	}

	/**
	 * Tells whether a pong answers what was asked last.
	 * @param payload the pong's payload
	 * @return whether it does
	 */
	boolean isAnswered(ByteBuffer payload) {
		return this.pings.isAnswered(payload);
	}

	@Override
	public void close(int code, String reason) {
		this.connections.closer().execute(() -> {
			try {
				this.session.getUserProperties().put(TOMCAT_BLOCKING_SEND_TIMEOUT, CLOSE_TIMEOUT);
				this.session.getUserProperties().put(TOMCAT_CLOSE_TIMEOUT, CLOSE_PATIENCE);
				this.session.setMaxIdleTimeout(CLOSE_PATIENCE);
				this.session.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("Closing failed: {}", ex.toString());
			}
		});
	}

}
