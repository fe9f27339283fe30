/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.browserstreamserver.binary.BinaryDialect;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Refuses a WebSocket that does not ask for our subprotocol: whoever speaks something
 * else is told at once, instead of by an error in its first message.
 */
final class SubprotocolInterceptor implements HandshakeInterceptor {

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws IOException {
		WebSocketHttpHeaders headers = new WebSocketHttpHeaders(request.getHeaders());
		boolean upgrades = "websocket".equalsIgnoreCase(headers.getUpgrade());
		if (!upgrades || headers.getSecWebSocketProtocol().contains(BinaryDialect.SUBPROTOCOL)) {
			return true;
		}
		response.setStatusCode(HttpStatus.BAD_REQUEST);
		response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
		response.getBody()
			.write(("This endpoint speaks the WebSocket subprotocol '" + BinaryDialect.SUBPROTOCOL
					+ "'; ask for it in Sec-WebSocket-Protocol.\n")
				.getBytes(StandardCharsets.UTF_8));
		return false;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

}
