/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.IOException;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Refuses handshakes while the application stops, with 503: a client that had its
 * WebSocket would believe to be connected, and send what waits.
 */
final class RunningInterceptor implements HandshakeInterceptor {

	private final StreamConnections connections;

	RunningInterceptor(StreamConnections connections) {
		this.connections = connections;
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws IOException {
		if (this.connections.isRunning()) {
			return true;
		}
		Refusal.send(response, HttpStatus.SERVICE_UNAVAILABLE, "The application stops; come again.");
		return false;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

}
