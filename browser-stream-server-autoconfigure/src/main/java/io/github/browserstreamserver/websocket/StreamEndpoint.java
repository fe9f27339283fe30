/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * What is at the prefix itself: handshakes, and the question why one was refused.
 */
final class StreamEndpoint implements HttpRequestHandler {

	private final WebSocketHttpRequestHandler handshakes;

	private final HandshakeReason reason;

	StreamEndpoint(StreamWebSocketHandler handler, OriginRules origins, RequestUpgradeStrategy strategy) {
		List<HandshakeInterceptor> checks = List.of(new WellFormedRequestInterceptor(),
				new HandshakeHeadersInterceptor(), origins.interceptor(), new SubprotocolInterceptor(),
				new RunningInterceptor(handler.connections()));
		this.handshakes = new WebSocketHttpRequestHandler(handler, new DefaultHandshakeHandler(strategy));
		this.handshakes.setHandshakeInterceptors(checks);
		this.reason = new HandshakeReason(checks, handler, handler.connections());
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		response.setHeader("X-Content-Type-Options", "nosniff");
		switch (request.getMethod()) {
			case "POST", "OPTIONS" -> this.reason.handleRequest(request, response);
			default -> this.handshakes.handleRequest(request, response);
		}
	}

}
