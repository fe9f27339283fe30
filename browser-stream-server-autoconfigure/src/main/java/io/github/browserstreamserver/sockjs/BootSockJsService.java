/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.browserstreamserver.websocket.OriginRules;
import io.github.browserstreamserver.websocket.PlainUpgradeStrategy;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.handler.ExceptionWebSocketHandlerDecorator;
import org.springframework.web.socket.handler.LoggingWebSocketHandlerDecorator;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.sockjs.support.AbstractSockJsService;

/**
 * Spring's SockJS with sessions of our own, which never wait for a peer: Spring's write
 * blockingly, and take messages only whole.
 */
final class BootSockJsService extends AbstractSockJsService {

	private static final String ALL = "*";

	private final XhrSessions sessions;

	private final WebSocketHandler sockets;

	private final HandshakeHandler handshake = new DefaultHandshakeHandler(new PlainUpgradeStrategy());

	private final HandshakeInterceptor origins;

	private final boolean originNeeded;

	BootSockJsService(TaskScheduler scheduler, XhrSessions sessions, TextSocketHandler sockets, OriginRules origins) {
		super(scheduler);
		this.sessions = sessions;
		this.sockets = new ExceptionWebSocketHandlerDecorator(new LoggingWebSocketHandlerDecorator(sockets));
		this.origins = origins.interceptor();
		this.originNeeded = !origins.isMissingAllowed();
		setSessionCookieNeeded(false);
		setAllowedOriginPatterns(origins.patterns());
		if (origins.origins().contains(ALL)) {
			// as a pattern, since answers that allow credentials must name the origin
			setAllowedOriginPatterns(List.of(ALL));
		}
		else {
			setAllowedOrigins(origins.origins());
		}
	}

	@Override
	protected void handleRawWebSocketRequest(ServerHttpRequest request, ServerHttpResponse response,
			WebSocketHandler handler) {
		upgrade(request, response, handler);
	}

	@Override
	protected void handleTransportRequest(ServerHttpRequest request, ServerHttpResponse response,
			WebSocketHandler handler, String sessionId, String transport) {
		if (transport.equals("websocket")) {
			upgrade(request, response, this.sockets);
		}
		else if (!checkOrigin(request, response)) {
			logger.debug("A request from a foreign origin was refused");
		}
		else if (this.originNeeded && request.getHeaders().getOrigin() == null) {
			// browsers send it with every POST
			response.setStatusCode(HttpStatus.FORBIDDEN);
		}
		else if (HttpMethod.OPTIONS.equals(request.getMethod())) {
			response.setStatusCode(HttpStatus.NO_CONTENT);
			addCacheHeaders(response);
		}
		else {
			addNoCacheHeaders(response);
			exchange((ServletServerHttpRequest) request, (ServletServerHttpResponse) response, sessionId, transport);
		}
	}

	private void exchange(ServletServerHttpRequest request, ServletServerHttpResponse response, String sessionId,
			String transport) {
		// the headers, before anything else writes to the servlet's response
		response.close();
		try {
			if (transport.equals("xhr_send")) {
				this.sessions.send(sessionId, request.getServletRequest(), response.getServletResponse());
			}
			else {
				this.sessions.receive(sessionId, transport.equals("xhr_streaming"), request.getServletRequest(),
						response.getServletResponse());
			}
		}
		catch (IOException ex) {
			logger.debug("A client went away: " + ex);
		}
	}

	private void upgrade(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler) {
		Map<String, Object> attributes = new HashMap<>();
		try {
			if (this.origins.beforeHandshake(request, response, handler, attributes)) {
				this.handshake.doHandshake(request, response, handler, attributes);
			}
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new HandshakeFailureException("No WebSocket for " + request.getURI(), ex);
		}
	}

	/**
	 * The same without a warning: most foreign origins are refused before, by Spring's
	 * CORS support.
	 */
	@Override
	protected boolean checkOrigin(ServerHttpRequest request, ServerHttpResponse response, HttpMethod... methods) {
		boolean allowed = OriginRules.isSameOrigin(request)
				|| this.corsConfiguration.checkOrigin(request.getHeaders().getOrigin()) != null;
		if (!allowed) {
			response.setStatusCode(HttpStatus.FORBIDDEN);
		}
		return allowed;
	}

	/**
	 * None for the application's own pages, which Spring's CORS support would take for
	 * foreign ones when the host is spelled in another case.
	 */
	@Override
	public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
		return OriginRules.isSameOrigin(new ServletServerHttpRequest(request)) ? null
				: super.getCorsConfiguration(request);
	}

}
