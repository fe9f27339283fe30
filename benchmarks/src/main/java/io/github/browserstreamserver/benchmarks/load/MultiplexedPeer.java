/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A host or a client with one WebSocket, in which all its streams are: what is the same
 * in every dialect that has streams.
 */
abstract class MultiplexedPeer implements FrameSink, Adapter.Host, Adapter.Client {

	private final Supplier<StreamHandler> acceptor;

	private final List<Runnable> whenConnected = new ArrayList<>();

	private @Nullable WebSocketConnection connection;

	private boolean connected;

	private boolean listening;

	MultiplexedPeer(Supplier<StreamHandler> acceptor) {
		this.acceptor = acceptor;
	}

	/**
	 * Takes a name.
	 * @param name which this host gets
	 */
	abstract void listen(String name);

	final void connection(WebSocketConnection connection) {
		this.connection = connection;
	}

	protected final WebSocketConnection connection() {
		return Objects.requireNonNull(this.connection);
	}

	/**
	 * Makes the handler of a stream that a client opened.
	 * @return the handler
	 */
	protected final StreamHandler accept() {
		return this.acceptor.get();
	}

	protected final void whenConnected(Runnable action) {
		if (this.connected) {
			action.run();
		}
		else {
			this.whenConnected.add(action);
		}
	}

	/**
	 * The dialect's own handshake is over.
	 */
	protected final void connected() {
		this.connected = true;
		this.whenConnected.forEach(Runnable::run);
		this.whenConnected.clear();
	}

	protected final boolean isConnected() {
		return this.connected;
	}

	/**
	 * The relay has the name.
	 */
	protected final void listening() {
		this.listening = true;
	}

	@Override
	public final boolean isReady() {
		return this.listening;
	}

	@Override
	public final void reading(boolean reading) {
		connection().reading(reading);
	}

	@Override
	public final long written() {
		return connection().written();
	}

	@Override
	public void beforeFlush() {
	}

	@Override
	public void closed(@Nullable IOException cause) {
		if (cause != null) {
			throw new UncheckedIOException(cause);
		}
	}

}
