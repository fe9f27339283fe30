/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Map;

import io.github.browserstreamserver.stream.PeerIdentity;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.WebSocketSession;

/**
 * Who is at the other end of a WebSocket, as Spring's session of it knows.
 *
 * @param session the session
 */
public record SessionPeer(WebSocketSession session) implements PeerIdentity {

	@Override
	public @Nullable Principal principal() {
		return this.session.getPrincipal();
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return this.session.getRemoteAddress();
	}

	@Override
	public Map<String, Object> attributes() {
		return this.session.getAttributes();
	}

}
