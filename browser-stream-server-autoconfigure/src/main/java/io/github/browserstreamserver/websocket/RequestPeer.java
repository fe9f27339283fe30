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
import org.springframework.http.server.ServerHttpRequest;

/**
 * Who would be at the other end of a WebSocket, if this request were its handshake.
 *
 * @param request the request
 * @param attributes what the interceptors left
 */
record RequestPeer(ServerHttpRequest request, Map<String, Object> attributes) implements PeerIdentity {

	@Override
	public @Nullable Principal principal() {
		return this.request.getPrincipal();
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return this.request.getRemoteAddress();
	}

}
