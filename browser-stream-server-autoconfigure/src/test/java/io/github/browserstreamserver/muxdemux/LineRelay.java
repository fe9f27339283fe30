/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

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
 * A whole relay for clients of the original, without a socket, a thread or a clock: the
 * test moves the time, and runs what waits to be announced if it holds that back.
 */
final class LineRelay implements ServerListener {

	static final int MEMORY = 16_777_216;

	final Budget budget;

	final ProxyRegistry registry;

	final MuxDemuxDialect dialect;

	/** What the application was told: {@code created NAME}, {@code destroyed NAME}. */
	final List<String> events = new ArrayList<>();

	private final ArrayDeque<Runnable> announcements = new ArrayDeque<>();

	private boolean announcing = true;

	private long nanos = 1;

	LineRelay() {
		this(MuxDemuxLimits.DEFAULTS, MEMORY);
	}

	LineRelay(MuxDemuxLimits limits, long memory) {
		this.budget = new Budget(memory);
		Executor announcer = (task) -> {
			this.announcements.add(task);
			if (this.announcing) {
				announce();
			}
		};
		this.registry = new ProxyRegistry(this, announcer, this.budget, 1_048_576, Runnable::run, Runnable::run,
				Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
		this.dialect = new MuxDemuxDialect(limits, this.budget, this.registry.acceptor(),
				(name) -> this.registry.find(name).isPresent(), "/browser-server", () -> this.nanos);
	}

	/**
	 * Connects a peer.
	 * @param name who it is
	 * @return the peer
	 */
	LinePeer peer(String name) {
		return new LinePeer(this.dialect, name);
	}

	/**
	 * Lets time go by, with a look of the connections at their deadlines each second.
	 */
	void pass(Duration time, LinePeer... peers) {
		for (long second = 0; second < time.toSeconds(); second++) {
			this.nanos += TimeUnit.SECONDS.toNanos(1);
			for (LinePeer peer : peers) {
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
		this.events.add("destroyed " + name);
	}

}
