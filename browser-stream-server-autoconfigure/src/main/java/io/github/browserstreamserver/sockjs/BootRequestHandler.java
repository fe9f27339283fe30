/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.browserstreamserver.websocket.WellFormedRequestInterceptor;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.sockjs.SockJsException;
import org.springframework.web.socket.sockjs.support.SockJsHttpRequestHandler;

/**
 * Lets through to Spring's SockJS support only what that answers without a word in the
 * log: it warns of wrong paths and methods, and throws when a client goes away.
 */
final class BootRequestHandler extends SockJsHttpRequestHandler {

	private static final Logger logger = LoggerFactory.getLogger(BootRequestHandler.class);

	/**
	 * No dots, as SockJS says, and nothing that Spring would not see as a name. Clients
	 * make 3 and 8 characters; what is remembered of a session must not be what a peer
	 * likes.
	 */
	private static final String NAME = "/[^/.\\p{Cntrl}\\p{Z}]{1,100}";

	/**
	 * The methods of each path. Of SockJS's iframe pages there is none: they are for
	 * browsers that cannot do what the transports here need.
	 */
	private static final Map<Pattern, List<String>> METHODS = Map.of(Pattern.compile("/?"), List.of("GET", "HEAD"),
			Pattern.compile("/info"), List.of("GET", "OPTIONS"), Pattern.compile("(" + NAME + NAME + ")?/websocket"),
			List.of("GET"), Pattern.compile(NAME + NAME + "/(xhr|xhr_streaming|xhr_send)"), List.of("POST", "OPTIONS"));

	private final WellFormedRequestInterceptor wellFormed = new WellFormedRequestInterceptor();

	BootRequestHandler(BootSockJsService service, WebSocketHandler handler) {
		super(service, handler);
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		List<String> methods = methods(request);
		if (methods == null) {
			response.setStatus(HttpStatus.NOT_FOUND.value());
		}
		else if (!methods.contains(request.getMethod())) {
			response.setStatus(HttpStatus.METHOD_NOT_ALLOWED.value());
			response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
		}
		else if (isWellFormed(request, response)) {
			handleKnown(request, response);
		}
	}

	private static @Nullable List<String> methods(HttpServletRequest request) {
		String path = (String) request.getAttribute(HandlerMapping.PATH_WITHIN_HANDLER_MAPPING_ATTRIBUTE);
		String uri = request.getRequestURI();
		if (uri.indexOf(';') >= 0) {
			// "/xhr;setup.bat": Spring would answer 404 as well
			return null;
		}
		String absolute = (path.isEmpty() || path.startsWith("/")) ? path : "/" + path;
		for (Map.Entry<Pattern, List<String>> entry : METHODS.entrySet()) {
			if (entry.getKey().matcher(absolute).matches()) {
				return entry.getValue();
			}
		}
		return null;
	}

	private boolean isWellFormed(HttpServletRequest request, HttpServletResponse response) throws IOException {
		try (ServletServerHttpResponse answer = new ServletServerHttpResponse(response)) {
			return this.wellFormed.beforeHandshake(new ServletServerHttpRequest(request), answer, getWebSocketHandler(),
					Map.of());
		}
	}

	private void handleKnown(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		try {
			super.handleRequest(request, response);
		}
		catch (SockJsException ex) {
			if (!isOfAPeer(ex)) {
				throw ex;
			}
			logger.debug("A request came to nothing: {}", ex.toString(), ex);
			if (!response.isCommitted()) {
				response.setStatus(HttpStatus.BAD_REQUEST.value());
			}
		}
	}

	/**
	 * Tells whether a client that went away or asked wrongly is behind it, not a fault.
	 */
	private static boolean isOfAPeer(SockJsException exception) {
		for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException || cause instanceof HandshakeFailureException) {
				return true;
			}
		}
		return false;
	}

}
