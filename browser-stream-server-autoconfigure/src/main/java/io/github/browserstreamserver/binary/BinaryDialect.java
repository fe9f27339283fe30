/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.OpenRate;
import io.github.browserstreamserver.stream.StreamAcceptor;
import io.github.browserstreamserver.transport.BatchBuffers;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Dialect;
import io.github.browserstreamserver.transport.Transport;

/**
 * The binary dialect of {@code docs/protocol.md}, version 1: makes connections of
 * transports. Safe for use by several threads.
 */
public final class BinaryDialect implements Dialect {

	/** The WebSocket subprotocol that a peer asks for. */
	public static final String SUBPROTOCOL = "v1.browser-stream-server";

	private final BinaryLimits limits;

	private final Budget budget;

	private final StreamAcceptor acceptor;

	private final LongSupplier nanoTime;

	private final OpenRate rate;

	private final BatchBuffers buffers = new BatchBuffers();

	private final Chunks chunks = new Chunks();

	/**
	 * Creates the dialect.
	 * @param limits within which each peer moves
	 * @param budget what all peers share
	 * @param acceptor where the streams go that peers open
	 * @param nanoTime the time, as {@link System#nanoTime()} tells it
	 */
	public BinaryDialect(BinaryLimits limits, Budget budget, StreamAcceptor acceptor, LongSupplier nanoTime) {
		this.limits = limits;
		this.rate = new OpenRate(limits.opensPerSecond());
		this.budget = budget;
		this.acceptor = acceptor;
		this.nanoTime = nanoTime;
	}

	/**
	 * {@inheritDoc} The relay's HELLO is sent when it is {@link Connection#admitted}.
	 */
	@Override
	public Connection connect(Transport transport, String description) {
		return new BinaryConnection(this, transport, description);
	}

	/**
	 * Returns how long a peer may give no sign of life, and take nothing of what it is
	 * sent.
	 * @return the time after which its connection ends
	 */
	public Duration livenessTimeout() {
		return this.limits.livenessTimeout();
	}

	BinaryLimits limits() {
		return this.limits;
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

	BatchBuffers buffers() {
		return this.buffers;
	}

	Chunks chunks() {
		return this.chunks;
	}

	long now() {
		return this.nanoTime.getAsLong();
	}

}
