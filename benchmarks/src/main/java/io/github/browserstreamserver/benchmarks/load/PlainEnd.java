/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that is one end of one stream. A host's end gets its handler when the first
 * bytes come: before, it only waits.
 */
final class PlainEnd implements FrameSink, StreamEnd {

	private final Runnable onOpen;

	private final Supplier<StreamHandler> handlers;

	private final Consumer<PlainEnd> onClose;

	private final boolean ofClient;

	private @Nullable StreamHandler handler;

	private @Nullable WebSocketConnection connection;

	private PlainEnd(boolean ofClient, Runnable onOpen, Supplier<StreamHandler> handlers, Consumer<PlainEnd> onClose) {
		this.ofClient = ofClient;
		this.onOpen = onOpen;
		this.handlers = handlers;
		this.onClose = onClose;
	}

	static PlainEnd ofClient(StreamHandler handler, Consumer<PlainEnd> onClose) {
		return new PlainEnd(true, () -> {
		}, () -> handler, onClose);
	}

	static PlainEnd ofHost(Runnable onOpen, Supplier<StreamHandler> acceptor, Consumer<PlainEnd> onClose) {
		return new PlainEnd(false, onOpen, acceptor, onClose);
	}

	void connect(Loop loop, int port, String path) throws IOException {
		connection(WebSocketConnection.connect(loop, port, path, null, this));
	}

	void connection(WebSocketConnection connection) {
		this.connection = connection;
	}

	private WebSocketConnection connection() {
		return Objects.requireNonNull(this.connection);
	}

	private StreamHandler handler() {
		StreamHandler handler = this.handler;
		if (handler == null) {
			handler = this.handlers.get();
			this.handler = handler;
		}
		return handler;
	}

	@Override
	public void opened() {
		this.onOpen.run();
		if (this.ofClient) {
			handler().writable(this);
		}
	}

	@Override
	public void received(ByteBuffer part, boolean last) throws IOException {
		handler().received(this, part, last);
		if (last) {
			connection().endMessage();
		}
	}

	@Override
	public void drained() {
		if (this.handler != null) {
			this.handler.writable(this);
		}
	}

	@Override
	public void beforeFlush() {
	}

	@Override
	public boolean isReady() {
		return connection().writable();
	}

	@Override
	public void send(ByteBuffer payload) {
		connection().send(payload.duplicate());
	}

	@Override
	public void close() {
		connection().leave();
	}

	void reading(boolean reading) {
		connection().reading(reading);
	}

	long written() {
		return connection().written();
	}

	@Override
	public void closed(@Nullable IOException cause) {
		this.onClose.accept(this);
		handler().closed(this, cause);
	}

}
