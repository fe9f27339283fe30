/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * Refuses handshakes whose Origin or address cannot be parsed. Those behind this would
 * throw, and a stack trace in the log is nothing that a peer should be able to cause.
 */
public final class WellFormedRequestInterceptor implements HandshakeInterceptor {

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws IOException {
		if (!hasUri(request)) {
			Refusal.send(response, HttpStatus.BAD_REQUEST, "The address of this request cannot be read.");
			return false;
		}
		if (!hasOrigin(request)) {
			Refusal.send(response, HttpStatus.FORBIDDEN, "The Origin of this request cannot be read.");
			return false;
		}
		return true;
	}

	private static boolean hasUri(ServerHttpRequest request) {
		if (!(request instanceof ServletServerHttpRequest servletRequest)) {
			return true;
		}
		HttpServletRequest servlet = servletRequest.getServletRequest();
		String query = servlet.getQueryString();
		try {
			return new URI(servlet.getRequestURL() + ((query != null) ? "?" + query : "")).getHost() != null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	private static boolean hasOrigin(ServerHttpRequest request) {
		try {
			WebUtils.isSameOrigin(request);
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

}
