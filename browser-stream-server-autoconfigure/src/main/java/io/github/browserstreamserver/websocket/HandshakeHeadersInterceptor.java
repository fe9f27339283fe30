/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Refuses requests for a WebSocket that RFC 6455 does not allow, and that containers let
 * pass, each in its own way: a proxy between may have understood them otherwise.
 */
final class HandshakeHeadersInterceptor implements HandshakeInterceptor {

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws IOException {
		String wrong = HttpMethod.GET.equals(request.getMethod()) ? wrong(request) : null;
		if (wrong != null) {
			Refusal.send(response, HttpStatus.BAD_REQUEST, wrong);
		}
		return wrong == null;
	}

	private static @Nullable String wrong(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		if (isOld(request)) {
			return "A WebSocket needs HTTP/1.1 (RFC 6455, 4.1).";
		}
		if (headers.getOrEmpty(WebSocketHttpHeaders.SEC_WEBSOCKET_KEY).size() > 1) {
			return "Sec-WebSocket-Key must be there once (RFC 6455, 11.3.1).";
		}
		if (headers.getOrEmpty(WebSocketHttpHeaders.SEC_WEBSOCKET_VERSION).size() > 1) {
			return "Sec-WebSocket-Version must be there once (RFC 6455, 11.3.5).";
		}
		if (headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
			return "A request for a WebSocket has no body (RFC 6455, 4.1).";
		}
		return null;
	}

	private static boolean isOld(ServerHttpRequest request) {
		if (!(request instanceof ServletServerHttpRequest servletRequest)) {
			return false;
		}
		HttpServletRequest servlet = servletRequest.getServletRequest();
		return servlet.getProtocol().equals("HTTP/1.0") || servlet.getProtocol().equals("HTTP/0.9");
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

}
