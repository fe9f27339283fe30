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
		return new PlainClient();
	}

	private PlainEnd connect(String path, PlainEnd end) throws IOException {
		end.connection(WebSocketConnection.connect(this.loop, this.port, path, null, end));
		return end;
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
			this.ends.add(PlainAdapter.this.connect("/host?name=" + this.name, end));
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

	private final class PlainClient implements Client {

		private final List<PlainEnd> ends = new ArrayList<>();

		private long writtenBefore;

		@Override
		public void open(String name, StreamHandler handler) throws IOException {
			PlainEnd end = PlainEnd.ofClient(handler, (closed) -> {
				this.writtenBefore += closed.written();
				this.ends.remove(closed);
			});
			this.ends.add(PlainAdapter.this.connect("/connect?name=" + name, end));
		}

		@Override
		public long written() {
			return this.writtenBefore + this.ends.stream().mapToLong(PlainEnd::written).sum();
		}

	}

}
