/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.List;
import java.util.Set;

import io.github.browserstreamserver.binary.BinaryDialect;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Transport;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * Where Spring hands WebSockets over: makes a connection of each, and gives it what comes
 * in, in parts as they come. What a peer does is logged at DEBUG at most.
 */
public final class StreamWebSocketHandler implements WebSocketHandler, SubProtocolCapable {

	private static final Logger logger = LoggerFactory.getLogger(StreamWebSocketHandler.class);

	private static final String CONNECTION = StreamWebSocketHandler.class.getName() + ".connection";

	private static final String TRANSPORT = StreamWebSocketHandler.class.getName() + ".transport";

	/**
	 * With what a peer closes that goes for good: what it had is free at once. All else
	 * may be a line that broke.
	 */
	private static final Set<Integer> LEAVE = Set.of(CloseStatus.NORMAL.getCode(), CloseStatus.GOING_AWAY.getCode(),
			CloseStatus.NO_STATUS_CODE.getCode());

	private final BinaryDialect dialect;

	private final StreamConnections connections;

	/**
	 * Creates a handler.
	 * @param dialect what peers speak
	 * @param connections where to keep the connections
	 */
	public StreamWebSocketHandler(BinaryDialect dialect, StreamConnections connections) {
		this.dialect = dialect;
		this.connections = connections;
	}

	StreamConnections connections() {
		return this.connections;
	}

	@Override
	public List<String> getSubProtocols() {
		return List.of(BinaryDialect.SUBPROTOCOL);
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		Connection connection = this.dialect.connect(transport(session), describe(session));
		if (session instanceof CarriedSession carried) {
			carried.carry(connection);
		}
		else {
			session.getAttributes().put(CONNECTION, connection);
		}
		this.connections.add(connection);
		if (!session.isOpen()) {
			// the first write found the peer gone, and nobody had the connection to tell
			// it
			end(session, "closed at once");
		}
	}

	private Transport transport(WebSocketSession session) {
		if (session instanceof CarriedSession carried) {
			return carried.transport();
		}
		Session nativeSession = (session instanceof NativeWebSocketSession wrapper)
				? wrapper.getNativeSession(Session.class) : null;
		if (nativeSession == null) {
			throw new IllegalStateException("browser-stream-server needs a Jakarta WebSocket session, not " + session
					+ "; use a StandardWebSocketUpgradeStrategy for its handshake");
		}
		SessionTransport transport = new SessionTransport(nativeSession, this.connections, new SessionPeer(session),
				this.dialect.livenessTimeout());
		session.getAttributes().put(TRANSPORT, transport);
		return transport;
	}

	private static String describe(WebSocketSession session) {
		return "peer " + session.getId() + " at " + session.getRemoteAddress();
	}

	private static @Nullable Connection connection(WebSocketSession session) {
		return (session instanceof CarriedSession carried) ? carried.carried()
				: (Connection) session.getAttributes().get(CONNECTION);
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
		Connection connection = connection(session);
		if (connection == null) {
			return;
		}
		if (message instanceof BinaryMessage binary) {
			connection.received(binary.getPayload(), binary.isLast());
		}
		else if (message instanceof TextMessage) {
			connection.unsupported(CloseStatus.NOT_ACCEPTABLE.getCode(),
					"this endpoint speaks " + BinaryDialect.SUBPROTOCOL + ", binary messages only");
		}
		else if (message instanceof PongMessage pong
				&& session.getAttributes().get(TRANSPORT) instanceof SessionTransport transport
				&& transport.isAnswered(pong.getPayload())) {
			connection.answered();
		}
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) {
		logger.debug("The connection of {} broke: {}", session.getId(), exception.toString());
		end(session, "the connection broke");
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		Connection connection = connection(session);
		if (connection != null && LEAVE.contains(status.getCode())) {
			connection.left();
		}
		end(session, "closed with " + status);
	}

	private void end(WebSocketSession session, String reason) {
		Connection connection = connection(session);
		if (connection != null) {
			this.connections.remove(connection);
			connection.closed(reason);
		}
	}

	@Override
	public boolean supportsPartialMessages() {
		return true;
	}

}
