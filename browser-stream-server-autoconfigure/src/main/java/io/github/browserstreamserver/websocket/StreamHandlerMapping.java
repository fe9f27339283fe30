/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/**
 * Maps the prefix to the WebSocket endpoint and what is below it to the browser client.
 * It is a mapping of its own, so that it neither needs nor disturbs an
 * {@code @EnableWebSocket} of the application. It comes before the application's
 * controllers, because its paths are exact and theirs may be patterns.
 */
public final class StreamHandlerMapping extends SimpleUrlHandlerMapping {

	private static final int BEFORE_CONTROLLERS = -10;

	private final StreamEndpoint endpoint;

	/**
	 * Creates a mapping.
	 * @param prefix where, with a slash in front and none at the end
	 * @param handler takes the WebSockets
	 * @param origins whose pages may connect
	 * @param strategy makes WebSockets of requests
	 */
	public StreamHandlerMapping(String prefix, StreamWebSocketHandler handler, OriginRules origins,
			RequestUpgradeStrategy strategy) {
		this.endpoint = new StreamEndpoint(handler, origins, strategy);
		Map<String, HttpRequestHandler> handlers = new LinkedHashMap<>(ClientResources.handlers(prefix));
		handlers.put(prefix, this.endpoint);
		setUrlMap(handlers);
		setOrder(BEFORE_CONTROLLERS);
	}

	/**
	 * The endpoint answers preflight requests itself: any page may read why it is
	 * refused.
	 */
	@Override
	protected HandlerExecutionChain getCorsHandlerExecutionChain(HttpServletRequest request,
			HandlerExecutionChain chain, @Nullable CorsConfiguration config) {
		return (chain.getHandler() == this.endpoint) ? chain
				: super.getCorsHandlerExecutionChain(request, chain, config);
	}

}
