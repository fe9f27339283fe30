/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ByteRate;
import io.github.browserstreamserver.stream.OpenRate;
import io.github.browserstreamserver.stream.StreamAcceptor;
import io.github.browserstreamserver.transport.BatchBuffers;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Dialect;
import io.github.browserstreamserver.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of the original's clients, mux-demux: makes connections of transports. What
 * it does is described in {@code docs/original.md}. Safe for use by several threads.
 */
public final class MuxDemuxDialect implements Dialect {

	/** The prefix that the published code of the original uses. */
	public static final String ORIGINAL_PREFIX = "/stream-server";

	private final MuxDemuxLimits limits;

	private final Budget budget;

	private final StreamAcceptor acceptor;

	private final Predicate<String> live;

	private final Meta.Reader metas;

	private final LongSupplier nanoTime;

	private final OpenRate rate;

	private final BatchBuffers buffers = new BatchBuffers();

	/**
	 * Creates the dialect.
	 * @param limits within which each peer moves
	 * @param budget what all peers share
	 * @param acceptor where the streams go that peers open
	 * @param live tells whether anybody listens on a name
	 * @param prefix what metas for the proxy begin with, beside {@value #ORIGINAL_PREFIX}
	 * @param nanoTime the time, as {@link System#nanoTime()} tells it
	 */
	public MuxDemuxDialect(MuxDemuxLimits limits, Budget budget, StreamAcceptor acceptor, Predicate<String> live,
			String prefix, LongSupplier nanoTime) {
		this.limits = limits;
		this.rate = new OpenRate(limits.opensPerSecond());
		this.budget = budget;
		this.acceptor = acceptor;
		this.live = live;
		this.metas = new Meta.Reader(new LinkedHashSet<>(List.of(ORIGINAL_PREFIX, prefix)));
		this.nanoTime = nanoTime;
	}

	@Override
	public Connection connect(Transport transport, String description) {
		return new MuxConnection(this, transport, description);
	}

	MuxDemuxLimits limits() {
		return this.limits;
	}

	/**
	 * Returns what a new connection may send.
	 * @return its rate, {@code null} for as much as it likes
	 */
	@Nullable ByteRate newRate() {
		long bytesPerSecond = this.limits.bytesPerSecond();
		return (bytesPerSecond < Long.MAX_VALUE) ? new ByteRate(bytesPerSecond, now()) : null;
	}

	OpenRate rate() {
		return this.rate;
	}

	Budget budget() {
		return this.budget;
	}

	StreamAcceptor acceptor() {
		return this.acceptor;
	}

	boolean isLive(String name) {
		return this.live.test(name);
	}

	Meta.Reader metas() {
		return this.metas;
	}

	BatchBuffers buffers() {
		return this.buffers;
	}

	long now() {
		return this.nanoTime.getAsLong();
	}

}
