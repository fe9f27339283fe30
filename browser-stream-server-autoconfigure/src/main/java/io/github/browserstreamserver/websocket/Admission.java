/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.stream.Counts;
import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.stream.PeerLimits;
import org.jspecify.annotations.Nullable;

/**
 * How many connections there are, of whom and from where, and whether one more may be.
 */
final class Admission {

	private final PeerLimits limits;

	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private int all;

	@GuardedBy("lock")
	private final Counts<String> ofPrincipals = new Counts<>();

	@GuardedBy("lock")
	private final Counts<String> fromAddresses = new Counts<>();

	Admission(PeerLimits limits) {
		this.limits = limits;
	}

	/**
	 * Counts a connection, if it may be. One that may not be takes nobody's place, so
	 * that who is over its own bound costs the others nothing; it must not
	 * {@link #leave}.
	 * @param who whose it is
	 * @return why it may not be, or {@code null} if it may
	 */
	@Nullable String enter(PeerIdentity who) {
		String principal = principal(who);
		String address = address(who);
		this.lock.lock();
		try {
			String refusal = refusal(principal, address);
			if (refusal == null) {
				this.all++;
				this.ofPrincipals.add(principal);
				this.fromAddresses.add(address);
			}
			return refusal;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Looks whether one more connection may be, and counts nothing.
	 * @param who whose it would be
	 * @return why it may not be, or {@code null} if it may
	 */
	@Nullable String refusal(PeerIdentity who) {
		this.lock.lock();
		try {
			return refusal(principal(who), address(who));
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private @Nullable String refusal(@Nullable String principal, @Nullable String address) {
		if (this.all >= this.limits.connections()) {
			return reason("the application takes", this.limits.connections(), "max");
		}
		if (this.ofPrincipals.of(principal) >= this.limits.connectionsPerPrincipal()) {
			return reason("one user may have", this.limits.connectionsPerPrincipal(), "max-per-principal");
		}
		if (this.fromAddresses.of(address) >= this.limits.connectionsPerAddress()) {
			return reason("one address may have", this.limits.connectionsPerAddress(), "max-per-address");
		}
		return null;
	}

	private static String reason(String whose, int most, String property) {
		return whose + " " + most + " connections (connections." + property + ")";
	}

	void leave(PeerIdentity who) {
		this.lock.lock();
		try {
			this.all--;
			this.ofPrincipals.remove(principal(who));
			this.fromAddresses.remove(address(who));
		}
		finally {
			this.lock.unlock();
		}
	}

	private static @Nullable String principal(PeerIdentity who) {
		Principal principal = who.principal();
		return (principal != null) ? principal.getName() : null;
	}

	private static @Nullable String address(PeerIdentity who) {
		InetSocketAddress address = who.remoteAddress();
		return (address != null) ? address.getHostString() : null;
	}

	int count() {
		this.lock.lock();
		try {
			return this.all;
		}
		finally {
			this.lock.unlock();
		}
	}

}
