/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.security.Principal;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.adapter.standard.StandardWebSocketHandlerAdapter;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.standard.ServerEndpointRegistration;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;

/**
 * The container's own upgrade without extensions: a relay that compresses holds much
 * memory for each connection, and invites decompression bombs. Containers negotiate what
 * they have installed, whatever Spring selects, unless the endpoint itself says no.
 */
public final class PlainUpgradeStrategy extends StandardWebSocketUpgradeStrategy {

	@Override
	public List<WebSocketExtension> getSupportedExtensions(ServerHttpRequest request) {
		return List.of();
	}

	@Override
	public void upgrade(ServerHttpRequest request, ServerHttpResponse response, @Nullable String subprotocol,
			List<WebSocketExtension> extensions, @Nullable Principal user, WebSocketHandler handler,
			Map<String, Object> attributes) {
		HttpServletRequest servletRequest = getHttpServletRequest(request);
		// a copy: the container uses the request again for others
		HttpHeaders headers = new HttpHeaders();
		request.getHeaders().forEach(headers::addAll);
		StandardWebSocketSession session = new StandardWebSocketSession(headers, attributes, request.getLocalAddress(),
				request.getRemoteAddress(), user);
		PlainEndpoint endpoint = new PlainEndpoint(servletRequest.getRequestURI(),
				new StandardWebSocketHandlerAdapter(handler, session));
		endpoint.setSubprotocols((subprotocol != null) ? List.of(subprotocol) : List.of());
		try {
			getContainer(servletRequest).upgradeHttpToWebSocket(servletRequest, getHttpServletResponse(response),
					endpoint, Map.of());
		}
		catch (Exception ex) {
			throw new HandshakeFailureException("The container refused to make a WebSocket of " + request.getURI(), ex);
		}
	}

	private static final class PlainEndpoint extends ServerEndpointRegistration {

		PlainEndpoint(String path, Endpoint endpoint) {
			super(path, endpoint);
		}

		@Override
		public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
			return List.of();
		}

	}

}
