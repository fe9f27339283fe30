/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

import io.github.browserstreamserver.proxy.DestroyReason;
import io.github.browserstreamserver.proxy.NamePatience;
import io.github.browserstreamserver.proxy.ProxyOptions;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.proxy.ServerListener;
import io.github.browserstreamserver.stream.Budget;

/**
 * A whole relay without a socket, a thread or a clock: the test moves the time and runs
 * what waits to be announced.
 */
final class Relay implements ServerListener {

	static final int MEMORY = 16_777_216;

	final Budget budget;

	final ProxyRegistry registry;

	final BinaryDialect dialect;

	final List<String> events = new ArrayList<>();

	private final ArrayDeque<Runnable> announcements = new ArrayDeque<>();

	private boolean announcing = true;

	private boolean inAnnouncement;

	private final PriorityQueue<Delayed> delayed = new PriorityQueue<>(Comparator.comparingLong(Delayed::at));

	private long nanos = 1;

	private record Delayed(long at, Runnable task) {
	}

	Relay() {
		this(BinaryLimits.DEFAULTS, MEMORY);
	}

	Relay(BinaryLimits limits, long memory) {
		this(limits, memory, UnaryOperator.identity());
	}

	/**
	 * Creates a relay.
	 * @param limits of each peer
	 * @param memory the budget
	 * @param options what the proxy is to have; its delays are the test's time
	 */
	Relay(BinaryLimits limits, long memory, UnaryOperator<ProxyOptions> options) {
		this.budget = new Budget(memory);
		Executor announcer = (task) -> {
			this.announcements.add(task);
			if (this.announcing) {
				announce();
			}
		};
		this.registry = new ProxyRegistry(this, announcer, this.budget, 1_048_576, Runnable::run, Runnable::run,
				new TestClock(), options.apply(ProxyOptions.NONE.patience(NamePatience.NONE, this::after)));
		this.dialect = new BinaryDialect(limits, this.budget, this.registry.acceptor(), () -> this.nanos);
	}

	/**
	 * Connects a peer that says HELLO.
	 * @param name who it is
	 * @return the peer
	 */
	ScriptedPeer peer(String name) {
		ScriptedPeer peer = ScriptedPeer.connect(this.dialect, name).hello();
		peer.heard();
		return peer;
	}

	private Runnable after(Duration delay, Runnable task) {
		Delayed later = new Delayed(this.nanos + delay.toNanos(), task);
		this.delayed.add(later);
		return () -> this.delayed.remove(later);
	}

	/**
	 * Creates options with patience on the time of this test.
	 * @param wait how long clients wait for a name
	 * @param grace how long names wait for their owners
	 * @return what to do to options
	 */
	static UnaryOperator<ProxyOptions> patience(Duration wait, Duration grace) {
		return (options) -> options.patience(new NamePatience(wait, grace, 1_000), options.delays());
	}

	void pause(Duration time) {
		long until = this.nanos + time.toNanos();
		while (!this.delayed.isEmpty() && this.delayed.peek().at() <= until) {
			Delayed next = this.delayed.remove();
			this.nanos = Math.max(this.nanos, next.at());
			next.task().run();
		}
		this.nanos = until;
	}

	private final class TestClock extends Clock {

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return Instant.EPOCH.plusNanos(Relay.this.nanos - 1);
		}

	}

	void seconds(int seconds, ScriptedPeer... peers) {
		for (int second = 0; second < seconds; second++) {
			pause(Duration.ofSeconds(1));
			for (ScriptedPeer peer : peers) {
				peer.connection().tick();
			}
		}
	}

	void holdAnnouncements() {
		this.announcing = false;
	}

	void announce() {
		this.announcing = true;
		if (this.inAnnouncement) {
			// the next one is run by the loop below, not inside this one
			return;
		}
		this.inAnnouncement = true;
		try {
			Runnable next;
			while ((next = this.announcements.poll()) != null) {
				next.run();
			}
		}
		finally {
			this.inAnnouncement = false;
		}
	}

	@Override
	public void created(String name, Instant at) {
		this.events.add("created " + name);
	}

	@Override
	public void destroyed(String name, Instant at, DestroyReason reason) {
		this.events.add("destroyed " + name + " " + reason);
	}

}
