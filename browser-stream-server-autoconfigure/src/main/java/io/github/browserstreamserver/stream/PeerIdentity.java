/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, as its handshake told. It does not change
 * while the connection lives. Safe for use by several threads.
 */
public interface PeerIdentity {

	/**
	 * The attribute with the token, a {@code String}, that a peer brought in a
	 * subprotocol {@code token.<token>} of its handshake, as the browser client does for
	 * its option {@code token}. Nobody has checked it.
	 */
	String TOKEN_ATTRIBUTE = "browser-stream-server.token";

	/** A peer of which nothing is known. */
	PeerIdentity UNKNOWN = new PeerIdentity() {

		@Override
		public String toString() {
			return "unknown";
		}

	};

	/**
	 * Returns the user that the application's security knows, as of the handshake.
	 * @return the principal, or {@code null} if nobody has logged in
	 */
	default @Nullable Principal principal() {
		return null;
	}

	/**
	 * Returns from where the connection came: what the servlet container says, and so
	 * what a proxy in front says if {@code server.forward-headers-strategy} is set.
	 * @return the address, or {@code null} if it is not known
	 */
	default @Nullable InetSocketAddress remoteAddress() {
		return null;
	}

	/**
	 * Returns the attributes of the handshake, as interceptors have left them.
	 * @return attributes by their names
	 */
	default Map<String, Object> attributes() {
		return Map.of();
	}

}
