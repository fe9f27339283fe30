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
	 * Takes a place for a name.
	 * @param lease who is to have the name
	 * @param replaced who had it until now, if somebody had
	 * @return why it cannot be had, or {@code null} if it was taken
	 */
	@Nullable String take(Lease lease, @Nullable Lease replaced) {
		if (replaced != null) {
			give(replaced);
		}
		String missing = missing(lease);
		if (missing == null) {
			add(lease);
		}
		else if (replaced != null) {
			add(replaced);
		}
		return missing;
	}

	private @Nullable String missing(Lease lease) {
		if (this.ofPeers.of(lease.host()) >= this.limits.names()) {
			return "a connection may listen on " + this.limits.names() + " names (names.max-per-connection)";
		}
		if (this.ofPrincipals.of(lease.principal()) >= this.limits.namesPerPrincipal()) {
			return "one user may listen on " + this.limits.namesPerPrincipal() + " names (names.max-per-principal)";
		}
		return null;
	}

	private void add(Lease lease) {
		this.ofPeers.add(lease.host());
		this.ofPrincipals.add(lease.principal());
	}

	void give(Lease lease) {
		this.ofPeers.remove(lease.host());
		this.ofPrincipals.remove(lease.principal());
	}

	boolean isEmpty() {
		return this.ofPeers.isEmpty() && this.ofPrincipals.isEmpty();
	}

}
