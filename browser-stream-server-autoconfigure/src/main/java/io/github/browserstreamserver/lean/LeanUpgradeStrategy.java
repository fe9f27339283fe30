/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/**
 * Makes lean WebSockets of requests: the last step of Spring's handshake, behind origin,
 * interceptors, principal and subprotocol. A request that did not come through a NIO
 * connector of Tomcat is left to another strategy, or refused. Safe for use by several
 * threads.
 */
public final class LeanUpgradeStrategy implements RequestUpgradeStrategy {

	private static final Logger logger = LoggerFactory.getLogger(LeanUpgradeStrategy.class);

	/** RFC 6455, 1.3. */
	private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final int KEY_BYTES = 16;

	private final EventLoops loops;

	private final @Nullable RequestUpgradeStrategy standard;

	private final AtomicBoolean told = new AtomicBoolean();

	/**
	 * Creates a strategy.
	 * @param loops where the sockets are read and written
	 * @param standard for requests that cannot be taken over; {@code null} to refuse them
	 */
	public LeanUpgradeStrategy(EventLoops loops, @Nullable RequestUpgradeStrategy standard) {
		this.loops = loops;
		this.standard = standard;
	}

	@Override
	public String[] getSupportedVersions() {
		return new String[] { "13" };
	}

	@Override
	public List<WebSocketExtension> getSupportedExtensions(ServerHttpRequest request) {
		return List.of();
	}

	@Override
	public void upgrade(ServerHttpRequest request, ServerHttpResponse response, @Nullable String subprotocol,
			List<WebSocketExtension> extensions, @Nullable Principal user, WebSocketHandler handler,
			Map<String, Object> attributes) {
		HttpServletRequest servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
		String obstacle = TomcatRequest.obstacle(servletRequest);
		if (obstacle != null) {
			if (this.told.compareAndSet(false, true)) {
				tell(obstacle);
			}
			if (this.standard != null) {
				this.standard.upgrade(request, response, subprotocol, extensions, user, handler, attributes);
			}
			else {
				refuse(response, HttpStatus.NOT_IMPLEMENTED, "No WebSockets here: see the log of the application.");
			}
			return;
		}
		String accept = accept(request.getHeaders().getFirst(WebSocketHttpHeaders.SEC_WEBSOCKET_KEY));
		if (accept == null) {
			refuse(response, HttpStatus.BAD_REQUEST, "Sec-WebSocket-Key is missing, or not 16 bytes in Base64.");
			return;
		}
		HttpServletResponse servletResponse = ((ServletServerHttpResponse) response).getServletResponse();
		servletResponse.setHeader("Upgrade", "websocket");
		servletResponse.setHeader("Connection", "upgrade");
		servletResponse.setHeader(WebSocketHttpHeaders.SEC_WEBSOCKET_ACCEPT, accept);
		if (subprotocol != null) {
			servletResponse.setHeader(WebSocketHttpHeaders.SEC_WEBSOCKET_PROTOCOL, subprotocol);
		}
		LeanSession session = new LeanSession(handler, request, user, subprotocol, attributes);
		try {
			servletRequest.upgrade(TomcatUpgrade.class).prepare(this.loops, session);
		}
		catch (IOException | ServletException ex) {
			throw new HandshakeFailureException("Tomcat refused to make a WebSocket of " + request.getURI(), ex);
		}
	}

	private void tell(String obstacle) {
		if (this.standard == null) {
			logger.error(
					"WebSockets are refused: browser-stream-server.transport is 'lean', but {}. "
							+ "Set it to 'auto' to use the container's own engine where the lean transport cannot work",
					obstacle);
		}
		else {
			logger.info("WebSockets go through the container's own engine where the lean transport cannot work: {}. "
					+ "Nothing needs to be done; browser-stream-server.transport=standard chooses this for all, "
					+ "without this line", obstacle);
		}
	}

	private static void refuse(ServerHttpResponse response, HttpStatus status, String text) {
		response.setStatusCode(status);
		response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
		try {
			response.getBody().write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			logger.debug("A refusal could not be sent: {}", ex.toString());
		}
	}

	/**
	 * Answers the key of a handshake.
	 * @param key the header
	 * @return the answer, {@code null} if the key is not one of 16 bytes in Base64
	 */
	static @Nullable String accept(@Nullable String key) {
		if (key == null) {
			return null;
		}
		String stripped = key.strip();
		try {
			if (Base64.getDecoder().decode(stripped).length != KEY_BYTES) {
				return null;
			}
			byte[] hash = MessageDigest.getInstance("SHA-1")
				.digest((stripped + ACCEPT_GUID).getBytes(StandardCharsets.ISO_8859_1));
			return Base64.getEncoder().encodeToString(hash);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-1", ex);
		}
	}

}
