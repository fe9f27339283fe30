/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Transport;
import io.github.browserstreamserver.websocket.CarriedSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;

/**
 * A lean WebSocket as Spring's handlers see it. Messages do not go through it: a dialect
 * has the transport itself.
 */
final class LeanSession implements CarriedSession, PeerIdentity {

	private static final Logger logger = LoggerFactory.getLogger(LeanSession.class);

	private static final AtomicLong IDS = new AtomicLong();

	private final String id = Long.toHexString(IDS.incrementAndGet());

	private final WebSocketHandler handler;

	private final Map<String, Object> attributes;

	private final URI uri;

	private final KeptHeaders headers;

	private final @Nullable Principal principal;

	private final @Nullable InetSocketAddress localAddress;

	private final @Nullable InetSocketAddress remoteAddress;

	private final @Nullable String subprotocol;

	private final AtomicBoolean open = new AtomicBoolean(true);

	private volatile @Nullable LeanTransport transport;

	private volatile @Nullable Connection connection;

	LeanSession(WebSocketHandler handler, ServerHttpRequest request, @Nullable Principal principal,
			@Nullable String subprotocol, Map<String, Object> attributes) {
		this.handler = handler;
		this.attributes = new ConcurrentHashMap<>(attributes);
		this.uri = request.getURI();
		this.headers = new KeptHeaders(request.getHeaders());
		this.principal = principal;
		this.localAddress = request.getLocalAddress();
		this.remoteAddress = request.getRemoteAddress();
		this.subprotocol = subprotocol;
	}

	/**
	 * The handshake is over: the handler is told, and what it makes of the session begins
	 * to get what the peer sends.
	 * @param carrier the way to the peer
	 * @return who gets it, {@code null} if the handler did not take the session
	 */
	@Nullable Connection begin(LeanTransport carrier) {
		this.transport = carrier;
		try {
			this.handler.afterConnectionEstablished(this);
		}
		catch (Exception ex) {
			logger.error("The handler of a WebSocket failed before it had begun", ex);
		}
		return this.connection;
	}

	@Override
	public Transport transport() {
		LeanTransport carrier = this.transport;
		if (carrier == null) {
			throw new IllegalStateException("the handshake is not over");
		}
		return carrier;
	}

	@Override
	public void carry(Connection carried) {
		this.connection = carried;
	}

	@Override
	public @Nullable Connection carried() {
		return this.connection;
	}

	/**
	 * The socket is gone. A second call has no effect.
	 * @param status how it ended
	 * @param failure what broke it, if something did
	 */
	void ended(CloseStatus status, @Nullable IOException failure) {
		if (!this.open.compareAndSet(true, false)) {
			return;
		}
		try {
			if (failure != null) {
				this.handler.handleTransportError(this, failure);
			}
			this.handler.afterConnectionClosed(this, status);
		}
		catch (Exception ex) {
			logger.error("The handler of a WebSocket failed at its end", ex);
		}
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public URI getUri() {
		return this.uri;
	}

	@Override
	public HttpHeaders getHandshakeHeaders() {
		return this.headers.read();
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.attributes;
	}

	@Override
	public @Nullable Principal principal() {
		return this.principal;
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public Map<String, Object> attributes() {
		return this.attributes;
	}

	@Override
	public @Nullable Principal getPrincipal() {
		return this.principal;
	}

	@Override
	public @Nullable InetSocketAddress getLocalAddress() {
		return this.localAddress;
	}

	@Override
	public @Nullable InetSocketAddress getRemoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public @Nullable String getAcceptedProtocol() {
		return this.subprotocol;
	}

	@Override
	public List<WebSocketExtension> getExtensions() {
		return List.of();
	}

	@Override
	public void setTextMessageSizeLimit(int messageSizeLimit) {
		// nothing is assembled here
	}

	@Override
	public int getTextMessageSizeLimit() {
		return 0;
	}

	@Override
	public void setBinaryMessageSizeLimit(int messageSizeLimit) {
		// nothing is assembled here
	}

	@Override
	public int getBinaryMessageSizeLimit() {
		return Integer.MAX_VALUE;
	}

	/**
	 * Not for use: what is sent on this WebSocket are frames of the stream protocol.
	 */
	@Override
	public void sendMessage(WebSocketMessage<?> message) {
		throw new UnsupportedOperationException(
				"This WebSocket carries streams; send on one of them, for example by ProxyRegistry.connect");
	}

	@Override
	public boolean isOpen() {
		return this.open.get();
	}

	@Override
	public void close() {
		close(CloseStatus.NORMAL);
	}

	@Override
	public void close(CloseStatus status) {
		String reason = status.getReason();
		transport().close(status.getCode(), (reason != null) ? reason : "");
	}

}
