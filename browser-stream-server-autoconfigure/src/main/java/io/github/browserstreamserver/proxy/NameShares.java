/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import io.github.browserstreamserver.stream.Counts;
import io.github.browserstreamserver.stream.Peer;
import io.github.browserstreamserver.stream.PeerLimits;
import org.jspecify.annotations.Nullable;

/**
 * How many names each peer has, and each user with all of his. Guarded by the lock of
 * {@link Names}.
 */
final class NameShares {

	private final PeerLimits limits;

	private final Counts<Peer> ofPeers = new Counts<>();

	private final Counts<String> ofPrincipals = new Counts<>();

	NameShares(PeerLimits limits) {
		this.limits = limits;
	}

	/**
	 * Tells whether a peer may have one more.
	 * @param peer who
	 * @return why not, or {@code null} if it may
	 */
	@Nullable String missing(Peer peer) {
		if (this.ofPeers.of(peer) >= this.limits.names()) {
			return "a connection may listen on " + this.limits.names() + " names (names.max-per-connection)";
		}
		if (this.ofPrincipals.of(Owner.principal(peer)) >= this.limits.namesPerPrincipal()) {
			return "one user may listen on " + this.limits.namesPerPrincipal() + " names (names.max-per-principal)";
		}
		return null;
	}

	void take(Peer peer) {
		this.ofPeers.add(peer);
		this.ofPrincipals.add(Owner.principal(peer));
	}

	void give(Peer peer) {
		this.ofPeers.remove(peer);
		this.ofPrincipals.remove(Owner.principal(peer));
	}

	boolean isEmpty() {
		return this.ofPeers.isEmpty() && this.ofPrincipals.isEmpty();
	}

}
