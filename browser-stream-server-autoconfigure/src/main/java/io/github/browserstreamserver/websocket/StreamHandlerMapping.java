/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * Maps the prefix to the WebSocket handler and what is below it to the browser client. It
 * is a mapping of its own, so that it neither needs nor disturbs an
 * {@code @EnableWebSocket} of the application. It comes before the application's
 * controllers, because its paths are exact and theirs may be patterns.
 */
public final class StreamHandlerMapping extends SimpleUrlHandlerMapping {

	private static final int BEFORE_CONTROLLERS = -10;

	/**
	 * Creates a mapping.
	 * @param prefix where, with a slash in front and none at the end
	 * @param handler takes the WebSockets
	 * @param origins whose pages may connect
	 * @param strategy makes WebSockets of requests
	 */
	public StreamHandlerMapping(String prefix, StreamWebSocketHandler handler, OriginRules origins,
			RequestUpgradeStrategy strategy) {
		DefaultHandshakeHandler handshake = new DefaultHandshakeHandler(strategy);
		WebSocketHttpRequestHandler endpoint = new WebSocketHttpRequestHandler(handler, handshake);
		endpoint.setHandshakeInterceptors(List.of(new WellFormedRequestInterceptor(), origins.interceptor(),
				new SubprotocolInterceptor(), new RunningInterceptor(handler.connections())));
		Map<String, HttpRequestHandler> handlers = new LinkedHashMap<>(ClientResources.handlers(prefix));
		handlers.put(prefix, endpoint);
		setUrlMap(handlers);
		setOrder(BEFORE_CONTROLLERS);
	}

}
