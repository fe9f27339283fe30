/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.time.Clock;
import java.time.Duration;
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

/**
 * Who holds which name, and where the streams go that peers open.
 * <p>
 * One lock guards the table of names. Under it names change hands and the announcements
 * of that are put in order; nothing is called with it. A lease is removed only by itself,
 * so the late end of an old host never takes the name of a new one away.
 */
final class Names implements StreamAcceptor {

	private final ServerListener listener;

	private final Clock clock;

	private final Routes routes;

	private final Delays delays;

	private final Announcements announcements;

	private final CallbackFailures failures = new CallbackFailures("streams go on without it");

	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private final Map<String, Lease> leases = new HashMap<>();

	/** Changes with the lock only. */
	private volatile boolean closed;

	@GuardedBy("lock")
	private final Vacancies vacancies;

	@GuardedBy("lock")
	private final NameShares shares;

	Names(ServerListener listener, Executor executor, Clock clock, Routes routes, ProxyOptions options) {
		this.routes = routes;
		this.vacancies = new Vacancies(options.patience());
		this.shares = new NameShares(options.limits());
		this.delays = options.delays();
		this.listener = listener;
		this.clock = clock;
		this.announcements = new Announcements(executor);
	}

	@Override
	public void accept(Peer from, StreamRequest request, StreamEnd end) {
		if (this.closed) {
			end.reset(ErrorCode.SHUTDOWN, "the application stops");
			return;
		}
		switch (request.kind()) {
			case LISTEN -> listen(from, request, end);
			case CONNECT -> connect(from, request, end);
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
		if (this.announcements.isFullFor(Owner.bearer(host))) {
			control.reset(ErrorCode.LIMIT, "too much about names waits to be announced to the application");
			return null;
		}
		Instant now = this.clock.instant();
		Lease lease = new Lease(this, request.target(), host, control, Owner.of(host, request.key()), now);
		Lease replaced;
		Collection<HeldConnect> waited = List.of();
		String taken;
		String tooMany = null;
		this.lock.lock();
		try {
			replaced = this.leases.get(lease.name());
			taken = takenBy(replaced, lease, now);
			if (taken == null) {
				tooMany = this.shares.take(lease, replaced);
			}
			if (taken == null && tooMany == null) {
				if (replaced != null) {
					announceDestroyed(replaced, now, DestroyReason.REPLACED);
				}
				this.leases.put(lease.name(), lease);
				waited = this.vacancies.fill(lease.name());
				announceCreated(lease);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (taken != null) {
			control.reset(ErrorCode.NAME_TAKEN, taken);
			return null;
		}
		if (tooMany != null) {
			control.reset(ErrorCode.LIMIT, tooMany);
			return null;
		}
		if (replaced != null) {
			replaced.replaced();
		}
		// only now: if the host is gone already, the lease hears of it here, and ends
		control.join(lease);
		waited.forEach((client) -> {
			if (!client.connect(lease)) {
				place(client);
			}
		});
		this.announcements.flush();
		return lease;
	}

	@GuardedBy("lock")
	private @Nullable String takenBy(@Nullable Lease holder, Lease claimant, Instant now) {
		if (holder != null && !sameOwner(holder, claimant)) {
			return "somebody else listens on '" + claimant.name() + "'";
		}
		return this.vacancies.isKeptFrom(claimant.name(), claimant.owner(), now)
				? "'" + claimant.name() + "' waits for its owner, whose line broke a moment ago" : null;
	}

	private static boolean sameOwner(Lease holder, Lease claimant) {
		Owner owner = holder.owner();
		return owner != null && owner.is(claimant.owner());
	}

	/**
	 * Joins a client with the host of a name, or resets its stream.
	 * @param from who the client is
	 * @param request with the name
	 * @param client the client's end
	 */
	void connect(Peer from, StreamRequest request, StreamEnd client) {
		Lease lease = find(request.target());
		if (lease != null && lease.connect(request, client)) {
			return;
		}
		HeldConnect held = new HeldConnect(from, request, client, this::forget);
		held.begin();
		place(held);
	}

	/**
	 * Joins a client with whoever listens by now, or lets it wait, or resets it.
	 */
	private void place(HeldConnect held) {
		Lease lease = hold(held);
		while (lease != null && !held.connect(lease)) {
			lease = hold(held);
		}
	}

	/**
	 * Lets a client wait for a host, or resets it.
	 * @param held the client
	 * @return the host, if it came just now, so that nobody waits
	 */
	private @Nullable Lease hold(HeldConnect held) {
		Lease lease;
		Duration time = Duration.ZERO;
		this.lock.lock();
		try {
			lease = this.leases.get(held.name());
			if (lease != null && lease.isEnded()) {
				// it is about to go
				lease = null;
			}
			if (lease == null && !this.closed) {
				time = this.vacancies.hold(held, this.clock.instant());
			}
		}
		finally {
			this.lock.unlock();
		}
		if (time == null) {
			held.reset(ErrorCode.LIMIT, nobodyListens(held.name()) + ", and too many wait already (names.max-waiting)");
		}
		else if (!time.isZero()) {
			held.endsBy(this.delays.after(time, () -> {
				if (forget(held)) {
					held.reset(ErrorCode.NO_SUCH_SERVER, nobodyListens(held.name()));
				}
			}));
			if (held.isGone()) {
				// while it was not on the list yet
				forget(held);
			}
		}
		else if (lease == null) {
			held.reset(ErrorCode.NO_SUCH_SERVER, nobodyListens(held.name()));
		}
		return lease;
	}

	private boolean forget(HeldConnect held) {
		this.lock.lock();
		try {
			return this.vacancies.forget(held);
		}
		finally {
			this.lock.unlock();
		}
	}

	private static String nobodyListens(String name) {
		return "nobody listens on '" + name + "'";
	}

	/**
	 * Takes a name away from a lease, if it still has it.
	 * @param lease the lease
	 * @param reason why
	 */
	void remove(Lease lease, DestroyReason reason) {
		Owner owner = lease.isLost() ? lease.owner() : null;
		Duration kept = null;
		this.lock.lock();
		try {
			if (this.leases.remove(lease.name(), lease)) {
				Instant now = this.clock.instant();
				this.shares.give(lease);
				announceDestroyed(lease, now, this.closed ? DestroyReason.SHUTDOWN : reason);
				kept = (owner != null && !this.closed) ? this.vacancies.keep(lease, owner, now) : null;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.announcements.flush();
		if (kept != null && owner != null) {
			this.delays.after(kept, () -> release(lease.name(), owner));
		}
	}

	private void release(String name, Owner owner) {
		this.lock.lock();
		try {
			this.vacancies.release(name, owner);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * From now on a name that ends has ended because the application stops, and nobody
	 * waits for one.
	 */
	void close() {
		List<HeldConnect> waiting;
		this.lock.lock();
		try {
			this.closed = true;
			waiting = this.vacancies.clear();
		}
		finally {
			this.lock.unlock();
		}
		waiting.forEach((client) -> client.reset(ErrorCode.SHUTDOWN, "the application stops"));
	}

	void resume() {
		this.lock.lock();
		try {
			this.closed = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends all names, because the application stops.
	 */
	void shutdown() {
		all().forEach(Lease::shutdown);
	}

	/**
	 * Tells whether nobody has a name and nobody waits for one.
	 * @return whether all is as it was at first
	 */
	boolean isEmpty() {
		this.lock.lock();
		try {
			return this.leases.isEmpty() && this.vacancies.isEmpty() && this.shares.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void announceCreated(Lease lease) {
		this.announcements.add(lease.name(), lease.user(), () -> {
			this.failures.guard("A listener of server.created",
					() -> this.listener.created(lease.name(), lease.since()));
			lease.announced();
		});
	}

	private void announceDestroyed(Lease lease, Instant at, DestroyReason reason) {
		this.announcements.add(lease.name(), lease.user(), () -> this.failures.guard("A listener of server.destroyed",
				() -> this.listener.destroyed(lease.name(), at, reason)));
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
