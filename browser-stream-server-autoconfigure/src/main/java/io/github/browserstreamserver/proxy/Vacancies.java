/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.browserstreamserver.stream.Counts;
import org.jspecify.annotations.Nullable;

/**
 * The names that nobody has and somebody waits for: clients for a host, or the name
 * itself for its owner. Guarded by the lock of {@link Names}.
 */
final class Vacancies {

	private final NamePatience patience;

	private final Map<String, Vacancy> byName = new HashMap<>();

	private int held;

	private int kept;

	private final Counts<Object> heldOf = new Counts<>();

	private final Counts<String> keptOf = new Counts<>();

	private final Map<HeldConnect, Object> bearers = new HashMap<>();

	/** Of all that may wait, one user or address has no more than an eighth. */
	private static final int SHARE = 8;

	Vacancies(NamePatience patience) {
		this.patience = patience;
	}

	/**
	 * A name that nobody has.
	 */
	private static final class Vacancy {

		private final Set<HeldConnect> waiting = new LinkedHashSet<>(2);

		/** Whose the name was, and is again if he comes back in time. */
		private @Nullable Owner owner;

		private @Nullable String keptFor;

		private Instant keptUntil = Instant.MIN;

	}

	/**
	 * Keeps a name for its owner.
	 * @param lease whose name it was
	 * @param owner whose it is
	 * @param now the time
	 * @return for how long; {@code null} if it is not kept
	 */
	@Nullable Duration keep(Lease lease, Owner owner, Instant now) {
		String who = lease.user();
		if (this.patience.grace().isZero() || this.kept >= this.patience.mostWaiting()
				|| this.keptOf.of(who) >= share()) {
			return null;
		}
		Vacancy vacancy = this.byName.computeIfAbsent(lease.name(), (key) -> new Vacancy());
		unkeep(vacancy);
		this.kept++;
		this.keptOf.add(who);
		vacancy.keptFor = who;
		vacancy.owner = owner;
		vacancy.keptUntil = now.plus(this.patience.grace());
		return this.patience.grace();
	}

	/**
	 * Tells whether a name is kept for somebody else.
	 * @param name the name
	 * @param claimant who wants it, {@code null} for nobody that can be known again
	 * @param now the time
	 * @return whether it cannot be had yet
	 */
	boolean isKeptFrom(String name, @Nullable Owner claimant, Instant now) {
		Vacancy vacancy = this.byName.get(name);
		Owner owner = (vacancy != null && now.isBefore(vacancy.keptUntil)) ? vacancy.owner : null;
		return owner != null && !owner.is(claimant);
	}

	/**
	 * Lets a client wait for a name.
	 * @param client who waits, and bears it
	 * @param now the time
	 * @return for how long, zero if nobody waits; {@code null} if too many do
	 */
	@Nullable Duration hold(HeldConnect client, Instant now) {
		Vacancy vacancy = this.byName.get(client.name());
		Duration untilOwnerIsLate = (vacancy != null && vacancy.owner != null)
				? Duration.between(now, vacancy.keptUntil) : Duration.ZERO;
		Duration wait = this.patience.hold();
		Duration time = (untilOwnerIsLate.compareTo(wait) > 0) ? untilOwnerIsLate : wait;
		Object bearer = Objects.requireNonNullElse(Owner.bearer(client.from()), client.from());
		if (time.isZero()) {
			return time;
		}
		if (this.held >= this.patience.mostWaiting() || this.heldOf.of(bearer) >= share()) {
			return null;
		}
		this.heldOf.add(bearer);
		this.bearers.put(client, bearer);
		this.byName.computeIfAbsent(client.name(), (key) -> new Vacancy()).waiting.add(client);
		this.held++;
		return time;
	}

	/**
	 * A client waits no longer.
	 * @param client who
	 * @return whether it did
	 */
	boolean forget(HeldConnect client) {
		Vacancy vacancy = this.byName.get(client.name());
		if (vacancy == null || !vacancy.waiting.remove(client)) {
			return false;
		}
		unhold(client);
		removeIfEmpty(client.name(), vacancy);
		return true;
	}

	private int share() {
		return Math.max(1, this.patience.mostWaiting() / SHARE);
	}

	private void unhold(HeldConnect client) {
		this.held--;
		this.heldOf.remove(this.bearers.remove(client));
	}

	private void unkeep(Vacancy vacancy) {
		if (vacancy.owner != null) {
			vacancy.owner = null;
			this.kept--;
			this.keptOf.remove(vacancy.keptFor);
		}
	}

	/**
	 * A name is kept no longer, unless it was kept anew meanwhile.
	 * @param name the name
	 * @param owner for whom
	 */
	void release(String name, Owner owner) {
		Vacancy vacancy = this.byName.get(name);
		if (vacancy != null && vacancy.owner == owner) {
			unkeep(vacancy);
			removeIfEmpty(name, vacancy);
		}
	}

	private void removeIfEmpty(String name, Vacancy vacancy) {
		if (vacancy.owner == null && vacancy.waiting.isEmpty()) {
			this.byName.remove(name);
		}
	}

	/**
	 * A name has a host.
	 * @param name the name
	 * @return who waited for it
	 */
	Collection<HeldConnect> fill(String name) {
		Vacancy vacancy = this.byName.remove(name);
		if (vacancy == null) {
			return List.of();
		}
		unkeep(vacancy);
		vacancy.waiting.forEach(this::unhold);
		return vacancy.waiting;
	}

	/**
	 * Nobody waits any more.
	 * @return who waited
	 */
	List<HeldConnect> clear() {
		List<HeldConnect> all = new ArrayList<>();
		this.byName.values().forEach((vacancy) -> {
			unkeep(vacancy);
			all.addAll(vacancy.waiting);
		});
		all.forEach(this::unhold);
		this.byName.clear();
		return all;
	}

	boolean isEmpty() {
		return this.byName.isEmpty() && this.held == 0 && this.kept == 0 && this.heldOf.isEmpty()
				&& this.keptOf.isEmpty() && this.bearers.isEmpty();
	}

}
