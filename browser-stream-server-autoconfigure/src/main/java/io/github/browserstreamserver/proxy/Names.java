/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Peer;
import io.github.browserstreamserver.stream.StreamAcceptor;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds which name, and where the streams go that peers open.
 * <p>
 * One lock guards the table of names. Under it names change hands and the announcements
 * of that are put in order; nothing is called with it. A lease is removed only by itself,
 * so the late end of an old host never takes the name of a new one away.
 */
final class Names implements StreamAcceptor {

	private static final Logger logger = LoggerFactory.getLogger(Names.class);

	private final ServerListener listener;

	private final Clock clock;

	private final Routes routes;

	private final Announcements announcements;

	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private final Map<String, Lease> leases = new HashMap<>();

	Names(ServerListener listener, Executor executor, Clock clock, Routes routes) {
		this.routes = routes;
		this.listener = listener;
		this.clock = clock;
		this.announcements = new Announcements(executor);
	}

	@Override
	public void accept(Peer from, StreamRequest request, StreamEnd end) {
		switch (request.kind()) {
			case LISTEN -> listen(from, request, end);
			case CONNECT -> connect(request, end);
			case ROUTE -> this.routes.accept(request, end);
		}
	}

	/**
	 * Gives a host a name, or resets its stream.
	 * @param host where the streams of clients go
	 * @param request with the name
	 * @param control the host's stream that stands for the name
	 * @return the lease, or {@code null} if the name is taken
	 */
	@Nullable Lease listen(Peer host, StreamRequest request, StreamEnd control) {
		if (this.announcements.isFull()) {
			control.reset(ErrorCode.LIMIT, "too many names wait to be announced to the application");
			return null;
		}
		Instant now = this.clock.instant();
		Lease lease = new Lease(this, request.target(), host, control, request.key(), now);
		Lease replaced;
		this.lock.lock();
		try {
			replaced = this.leases.get(lease.name());
			if (replaced != null && !sameOwner(replaced, lease)) {
				lease = null;
			}
			else {
				if (replaced != null) {
					announceDestroyed(replaced, now, DestroyReason.REPLACED);
				}
				this.leases.put(lease.name(), lease);
				announceCreated(lease);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (lease == null) {
			control.reset(ErrorCode.NAME_TAKEN, "somebody else listens on '" + request.target() + "'");
			return null;
		}
		if (replaced != null) {
			replaced.replaced();
		}
		// only now: if the host is gone already, the lease hears of it here, and ends
		control.join(lease);
		this.announcements.flush();
		return lease;
	}

	private static boolean sameOwner(Lease holder, Lease claimant) {
		byte[] key = holder.key();
		byte[] claimed = claimant.key();
		return key != null && claimed != null && MessageDigest.isEqual(key, claimed);
	}

	/**
	 * Joins a client with the host of a name, or resets its stream.
	 * @param request with the name
	 * @param client the client's end
	 */
	void connect(StreamRequest request, StreamEnd client) {
		Lease lease = find(request.target());
		if (lease == null || !lease.connect(request, client)) {
			client.reset(ErrorCode.NO_SUCH_SERVER, "nobody listens on '" + request.target() + "'");
		}
	}

	/**
	 * Takes a name away from a lease, if it still has it.
	 * @param lease the lease
	 * @param reason why
	 */
	void remove(Lease lease, DestroyReason reason) {
		this.lock.lock();
		try {
			if (this.leases.remove(lease.name(), lease)) {
				announceDestroyed(lease, this.clock.instant(), reason);
			}
		}
		finally {
			this.lock.unlock();
		}
		this.announcements.flush();
	}

	private void announceCreated(Lease lease) {
		this.announcements.add(lease.name(), () -> {
			tell(() -> this.listener.created(lease.name(), lease.since()));
			lease.announced();
		});
	}

	private void announceDestroyed(Lease lease, Instant at, DestroyReason reason) {
		this.announcements.add(lease.name(), () -> tell(() -> this.listener.destroyed(lease.name(), at, reason)));
	}

	private static void tell(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException | Error ex) {
			logger.warn("A listener of server.created or server.destroyed failed; streams go on without it", ex);
		}
	}

	@Nullable Lease find(String name) {
		this.lock.lock();
		try {
			return this.leases.get(name);
		}
		finally {
			this.lock.unlock();
		}
	}

	Collection<Lease> all() {
		this.lock.lock();
		try {
			return List.copyOf(this.leases.values());
		}
		finally {
			this.lock.unlock();
		}
	}

}
