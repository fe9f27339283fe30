/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.binary.BinaryDialect;
import io.github.browserstreamserver.binary.BinaryLimits;
import io.github.browserstreamserver.binary.ScriptedPeer;
import io.github.browserstreamserver.proxy.DestroyReason;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.proxy.ServerListener;
import io.github.browserstreamserver.stream.Budget;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole relay for clients of the original, without a socket, a thread or a clock: the
 * test moves the time, and runs what waits to be announced if it holds that back.
 */
final class LineRelay implements ServerListener {

	static final int MEMORY = 16_777_216;

	final Budget budget;

	final ProxyRegistry registry;

	final MuxDemuxDialect dialect;

	private final BinaryDialect binary;

	/** What the application was told: {@code created NAME}, {@code destroyed NAME}. */
	final List<String> events = Collections.synchronizedList(new ArrayList<>());

	private final List<LinePeer> peers = new ArrayList<>();

	private final List<ScriptedPeer> binaryPeers = new ArrayList<>();

	private final Queue<Runnable> announcements = new ConcurrentLinkedQueue<>();

	private volatile boolean announcing = true;

	private volatile long nanos = 1;

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
		this.binary = new BinaryDialect(BinaryLimits.DEFAULTS, this.budget, this.registry.acceptor(), () -> this.nanos);
	}

	/**
	 * Connects a peer.
	 * @param name who it is
	 * @return the peer
	 */
	LinePeer peer(String name) {
		LinePeer peer = new LinePeer(this.dialect, name);
		this.peers.add(peer);
		return peer;
	}

	/**
	 * Returns what is reserved beside the streams themselves.
	 */
	long held() {
		int streams = this.peers.stream().mapToInt((peer) -> ((MuxConnection) peer.connection()).streamCount()).sum();
		return this.budget.reserved() - (long) streams * MuxStream.STREAM_COST;
	}

	/**
	 * Connects a peer that speaks the binary dialect.
	 * @param name who it is
	 * @return the peer
	 */
	ScriptedPeer binaryPeer(String name) {
		ScriptedPeer peer = ScriptedPeer.connect(this.binary, name).hello();
		peer.heard();
		this.binaryPeers.add(peer);
		return peer;
	}

	/**
	 * Everybody goes. Then nothing is left of anybody, and nobody was sent away for a
	 * fault of the relay, or was told to pause.
	 */
	void everybodyGoes() {
		this.peers.forEach(LinePeer::vanishes);
		this.binaryPeers.forEach(ScriptedPeer::disconnect);
		announce();
		assertThat(this.peers).allSatisfy((peer) -> {
			assertThat(String.valueOf(peer.closed())).doesNotStartWith("4011");
			assertThat(peer.adviceHeard()).isZero();
		});
		assertThat(this.budget.reserved()).isZero();
		assertThat(this.registry.names()).isEmpty();
		assertThat(this.events.stream().filter((event) -> event.startsWith("destroyed")))
			.hasSameSizeAs(this.events.stream().filter((event) -> event.startsWith("created")).toList());
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
		runAnnouncements();
	}

	void runAnnouncements() {
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
