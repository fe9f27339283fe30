/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.util.function.BiFunction;

import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Dialect;
import io.github.browserstreamserver.websocket.SessionPeer;
import io.github.browserstreamserver.websocket.StreamConnections;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * Where Spring hands WebSockets over: makes a transport and a connection of each, and
 * gives them what comes in, in parts as they come. Each WebSocket is a session of its
 * own, whatever its path says. What a peer does is logged at DEBUG at most.
 */
final class TextSocketHandler implements WebSocketHandler {

	private static final Logger logger = LoggerFactory.getLogger(TextSocketHandler.class);

	private static final String SOCKET = TextSocketHandler.class.getName() + ".socket";

	private final Dialect dialect;

	private final StreamConnections connections;

	private final BiFunction<Session, StreamConnections, TextSocket> sockets;

	TextSocketHandler(Dialect dialect, StreamConnections connections,
			BiFunction<Session, StreamConnections, TextSocket> sockets) {
		this.dialect = dialect;
		this.connections = connections;
		this.sockets = sockets;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		Session nativeSession = (session instanceof NativeWebSocketSession wrapper)
				? wrapper.getNativeSession(Session.class) : null;
		if (nativeSession == null) {
			throw new IllegalStateException("browser-stream-server needs a Jakarta WebSocket session, not " + session);
		}
		TextSocket socket = this.sockets.apply(nativeSession, this.connections);
		socket.isOf(new SessionPeer(session));
		socket.open();
		Connection connection = this.dialect.connect(socket, describe(session));
		socket.connected(connection);
		session.getAttributes().put(SOCKET, socket);
		this.connections.add(connection);
		if (!session.isOpen()) {
			// the first write found the peer gone, and nobody had the connection to tell
			// it
			end(session, "closed at once");
		}
	}

	private static String describe(WebSocketSession session) {
		return "peer " + session.getId() + " at " + session.getRemoteAddress();
	}

	private static @Nullable TextSocket socket(WebSocketSession session) {
		return (TextSocket) session.getAttributes().get(SOCKET);
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
		TextSocket socket = socket(session);
		if (socket == null) {
			return;
		}
		if (message instanceof TextMessage text) {
			socket.receiveText(text.getPayload(), text.isLast());
		}
		else if (message instanceof BinaryMessage binary) {
			socket.receiveBytes(binary.getPayload(), binary.isLast());
		}
		else if (message instanceof PongMessage) {
			Connection connection = socket.connection();
			if (connection != null) {
				connection.answered();
			}
		}
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) {
		logger.debug("The connection of {} broke: {}", session.getId(), exception.toString());
		end(session, "the connection broke");
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		end(session, "closed with " + status);
	}

	private void end(WebSocketSession session, String reason) {
		TextSocket socket = socket(session);
		Connection connection = (socket != null) ? socket.connection() : null;
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
