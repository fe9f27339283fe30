/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A WebSocket for each end of each stream: the host keeps some waiting at
 * {@code /host?name=}, and the relay joins each client at {@code /connect?name=} with one
 * of them.
 */
final class PlainAdapter implements Adapter {

	private final Loop loop;

	private final int port;

	PlainAdapter(Loop loop, int port) {
		this.loop = loop;
		this.port = port;
	}

	@Override
	public Host host(String name, int streams, Supplier<StreamHandler> acceptor) throws IOException {
		PlainHost host = new PlainHost(name, acceptor);
		for (int i = 0; i < streams; i++) {
			host.connect();
		}
		return host;
	}

	@Override
	public Client client() {
		return new PlainClient(this.loop, this.port, "/connect?name=");
	}

	private final class PlainHost implements Host {

		private final String name;

		private final Supplier<StreamHandler> acceptor;

		private final List<PlainEnd> ends = new ArrayList<>();

		private int waiting;

		private int missing;

		private PlainHost(String name, Supplier<StreamHandler> acceptor) {
			this.name = name;
			this.acceptor = acceptor;
		}

		private void connect() throws IOException {
			this.missing++;
			PlainEnd end = PlainEnd.ofHost(this::opened, this.acceptor, this::replace);
			end.connect(PlainAdapter.this.loop, PlainAdapter.this.port, "/host?name=" + this.name);
			this.ends.add(end);
		}

		private void opened() {
			this.missing--;
			this.waiting++;
		}

		private void replace(PlainEnd end) {
			this.waiting--;
			this.ends.remove(end);
			try {
				connect();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public boolean isReady() {
			return this.missing == 0 && this.waiting > 0;
		}

		@Override
		public void reading(boolean reading) {
			this.ends.forEach((end) -> end.reading(reading));
		}

	}

}
