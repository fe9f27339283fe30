/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A host behind a proxy. Clients may come when the WebSocket that stands for it is there.
 */
final class ProxiedHost implements Adapter.Host, StreamHandler {

	private final Supplier<StreamHandler> acceptor;

	private final Set<PlainEnd> ends = new LinkedHashSet<>();

	private boolean ready;

	ProxiedHost(Supplier<StreamHandler> acceptor) {
		this.acceptor = acceptor;
	}

	StreamHandler accept() {
		return this.acceptor.get();
	}

	void add(PlainEnd end) {
		this.ends.add(end);
	}

	void remove(PlainEnd end) {
		this.ends.remove(end);
	}

	@Override
	public void writable(StreamEnd end) {
		this.ready = true;
	}

	@Override
	public void received(StreamEnd end, ByteBuffer part, boolean last) throws IOException {
		throw new IOException("something came to a host that waits");
	}

	@Override
	public boolean isReady() {
		return this.ready;
	}

	@Override
	public void reading(boolean reading) {
		this.ends.forEach((end) -> end.reading(reading));
	}

}
