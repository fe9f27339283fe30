/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.proxy.DestroyReason;
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

	private long nanos = 1;

	Relay() {
		this(BinaryLimits.DEFAULTS, MEMORY);
	}

	Relay(BinaryLimits limits, long memory) {
		this.budget = new Budget(memory);
		Executor announcer = (task) -> {
			this.announcements.add(task);
			if (this.announcing) {
				announce();
			}
		};
		this.registry = new ProxyRegistry(this, announcer, this.budget, 1_048_576, Runnable::run, Runnable::run,
				Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
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

	void pause(Duration time) {
		this.nanos += time.toNanos();
	}

	void seconds(int seconds, ScriptedPeer... peers) {
		for (int second = 0; second < seconds; second++) {
			this.nanos += TimeUnit.SECONDS.toNanos(1);
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
		Runnable next;
		while ((next = this.announcements.poll()) != null) {
			next.run();
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
