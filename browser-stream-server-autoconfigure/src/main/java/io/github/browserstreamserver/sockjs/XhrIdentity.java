/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.net.InetSocketAddress;
import java.security.Principal;

import io.github.browserstreamserver.stream.PeerIdentity;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a session of HTTP requests, as the first of them told.
 *
 * @param principal the user, if one has logged in
 * @param remoteAddress from where it came
 */
record XhrIdentity(@Nullable Principal principal, InetSocketAddress remoteAddress) implements PeerIdentity {

	static XhrIdentity of(HttpServletRequest request) {
		return new XhrIdentity(request.getUserPrincipal(),
				InetSocketAddress.createUnresolved(request.getRemoteAddr(), request.getRemotePort()));
	}

}
