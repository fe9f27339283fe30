/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.util.StringUtils;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.OriginHandshakeInterceptor;
import org.springframework.web.util.InvalidUrlException;
import org.springframework.web.util.WebUtils;

/**
 * Whose pages may connect: those of the application itself, and those of the origins that
 * are named. A page of any other is refused with 403. Immutable.
 */
public final class OriginRules {

	private static final Logger logger = LoggerFactory.getLogger(OriginRules.class);

	private final List<String> origins;

	private final List<String> patterns;

	private final boolean withoutOrigin;

	/**
	 * Creates rules.
	 * @param origins origins beside the application's own; {@code "*"} for all
	 * @param patterns patterns of origins, as Spring's CORS has them:
	 * {@code "https://*.example.org"}
	 * @param withoutOrigin whether a request may have no Origin, which only programs send
	 * that are no browsers
	 */
	public OriginRules(List<String> origins, List<String> patterns, boolean withoutOrigin) {
		this.origins = List.copyOf(origins);
		this.patterns = List.copyOf(patterns);
		this.withoutOrigin = withoutOrigin;
	}

	/**
	 * Returns the origins that are named.
	 * @return origins; {@code "*"} for all
	 */
	public List<String> origins() {
		return this.origins;
	}

	/**
	 * Returns the patterns of origins.
	 * @return patterns
	 */
	public List<String> patterns() {
		return this.patterns;
	}

	/**
	 * Tells whether a request may have no Origin.
	 * @return whether it may
	 */
	public boolean isMissingAllowed() {
		return this.withoutOrigin;
	}

	/**
	 * Tells whether a request comes from a page of the application itself. Host names
	 * compare without case: browsers write them in lower case, but a proxy may pass on
	 * its own spelling.
	 * @param request a request
	 * @return whether it does, or has no Origin
	 */
	public static boolean isSameOrigin(ServerHttpRequest request) {
		try {
			return WebUtils.isSameOrigin((request instanceof ServletServerHttpRequest servlet)
					? new ServletServerHttpRequest(new LowerCaseHost(servlet.getServletRequest())) : request);
		}
		catch (InvalidUrlException ex) {
			return false;
		}
	}

	/**
	 * Returns what refuses handshakes.
	 * @return an interceptor
	 */
	public HandshakeInterceptor interceptor() {
		OriginHandshakeInterceptor known = new OriginHandshakeInterceptor(this.origins);
		known.setAllowedOriginPatterns(this.patterns);
		return new Telling(known, this.withoutOrigin);
	}

	/**
	 * Says what it was that refused, and what to set: a page is only told that it was
	 * refused.
	 */
	private static final class Telling implements HandshakeInterceptor {

		private final HandshakeInterceptor known;

		private final boolean withoutOrigin;

		Telling(HandshakeInterceptor known, boolean withoutOrigin) {
			this.known = known;
			this.withoutOrigin = withoutOrigin;
		}

		@Override
		public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				Map<String, Object> attributes) throws Exception {
			String origin = request.getHeaders().getOrigin();
			String rule;
			if (origin == null && !this.withoutOrigin) {
				rule = "There is no Origin, and browser-stream-server.allow-missing-origin is false.";
			}
			else if (isSameOrigin(request) || this.known.beforeHandshake(request, response, handler, attributes)) {
				return true;
			}
			else {
				rule = "This origin is neither the application's own nor in browser-stream-server.allowed-origins"
						+ " or allowed-origin-patterns.";
			}
			logger.debug("A handshake was refused. {} It was: {}", rule,
					(origin != null) ? StringUtils.truncate(origin) : null);
			Refusal.send(response, HttpStatus.FORBIDDEN, rule);
			return false;
		}

		@Override
		public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				@Nullable Exception exception) {
		}

	}

	private static final class LowerCaseHost extends HttpServletRequestWrapper {

		LowerCaseHost(HttpServletRequest request) {
			super(request);
		}

		@Override
		public String getServerName() {
			return super.getServerName().toLowerCase(Locale.ROOT);
		}

	}

}
