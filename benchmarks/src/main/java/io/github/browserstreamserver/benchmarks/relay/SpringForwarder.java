/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.BinaryWebSocketHandler;

/**
 * Joins a client's session with a host's.
 */
final class SpringForwarder extends BinaryWebSocketHandler {

	private final Names<WebSocketSession> names = new Names<>();

	private final Map<String, WebSocketSession> peers = new ConcurrentHashMap<>();

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws IOException {
		String name = Names.name(uri(session));
		if (Names.isHost(uri(session))) {
			this.names.add(name, session);
			return;
		}
		WebSocketSession host = this.names.take(name);
		if (host == null) {
			session.close(CloseStatus.SERVICE_OVERLOAD);
			return;
		}
		this.peers.put(session.getId(), host);
		this.peers.put(host.getId(), session);
	}

	private static URI uri(WebSocketSession session) {
		return Objects.requireNonNull(session.getUri());
	}

	@Override
	protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) throws IOException {
		WebSocketSession peer = this.peers.get(session.getId());
		if (peer != null) {
			peer.sendMessage(message);
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws IOException {
		if (Names.isHost(uri(session))) {
			this.names.remove(Names.name(uri(session)), session);
		}
		WebSocketSession peer = this.peers.remove(session.getId());
		if (peer != null && peer.isOpen()) {
			peer.close();
		}
	}

}
