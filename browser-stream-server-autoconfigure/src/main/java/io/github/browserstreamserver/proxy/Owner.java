/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.Objects;

import io.github.browserstreamserver.stream.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Whose a name is: who brings the same key, logged in as the same user.
 */
final class Owner {

	private final byte[] key;

	private final @Nullable String principal;

	private Owner(byte[] key, @Nullable String principal) {
		this.key = key;
		this.principal = principal;
	}

	/**
	 * Returns the owner that a host claims to be.
	 * @param host the host
	 * @param key what it brought, or {@code null}
	 * @return the owner, {@code null} for a host that cannot come back
	 */
	static @Nullable Owner of(Peer host, byte @Nullable [] key) {
		return (key != null) ? new Owner(key, principal(host)) : null;
	}

	static @Nullable String principal(Peer peer) {
		Principal principal = peer.identity().principal();
		return (principal != null) ? principal.getName() : null;
	}

	/**
	 * Returns who bears what is kept for a peer: its user, or where it came from.
	 * @param peer the peer
	 * @return a name or an address, {@code null} if nothing is known
	 */
	static @Nullable String bearer(Peer peer) {
		String principal = principal(peer);
		InetSocketAddress address = peer.identity().remoteAddress();
		return (principal != null || address == null) ? principal : address.getHostString();
	}

	/**
	 * Tells whether it is the same, in a time that does not depend on how much of the key
	 * is right.
	 * @param other another, or {@code null} for nobody
	 * @return whether it is the same
	 */
	boolean is(@Nullable Owner other) {
		return other != null && MessageDigest.isEqual(this.key, other.key)
				&& Objects.equals(this.principal, other.principal);
	}

}
