/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Streams that are opened, carry a byte there and back, and are closed; so many at once.
 */
final class Opens implements Measure {

	private static final String NAME = "open";

	/** Who has a connection for each stream keeps some more waiting than are in use. */
	private static final int WAITING = 4;

	private final int atOnce;

	private Adapter.@Nullable Client client;

	private long begun;

	private long closedByClient;

	private long closedByHost;

	Opens(int atOnce) {
		this.atOnce = atOnce;
	}

	@Override
	public void run(Bench bench) throws IOException {
		Adapter.Host host = bench.adapter.host(NAME, WAITING * this.atOnce, HostEnd::new);
		bench.loop.await("the host's name", host::isReady);
		this.client = bench.adapter.client();
		next();
		bench.warmUp(this::done);
		Bench.Interval interval = bench.measure(this::done);
		bench.result("cpu-us-per-open", interval.relayMicrosPerUnit());
		bench.result("opens-per-s", interval.perSecond());
	}

	private long done() {
		return Math.min(this.closedByClient, this.closedByHost);
	}

	private void next() {
		Adapter.Client client = this.client;
		try {
			while (client != null && this.begun - done() < this.atOnce) {
				this.begun++;
				client.open(NAME, new ClientEnd());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private final class ClientEnd implements StreamHandler {

		private final Payload payload = new Payload(1);

		private final Checker checker = new Checker(1);

		@Override
		public void writable(StreamEnd end) {
			if (this.payload.count() == 0 && end.isReady()) {
				end.send(this.payload.next());
			}
		}

		@Override
		public void received(StreamEnd end, ByteBuffer part, boolean last) throws IOException {
			this.checker.receive(part, last);
			if (last) {
				end.close();
			}
		}

		@Override
		public void closed(StreamEnd end, @Nullable IOException cause) {
			StreamHandler.super.closed(end, cause);
			Opens.this.closedByClient++;
			next();
		}

	}

	private final class HostEnd implements StreamHandler {

		private final Echo echo = new Echo(1);

		@Override
		public void writable(StreamEnd end) {
			this.echo.writable(end);
		}

		@Override
		public void received(StreamEnd end, ByteBuffer part, boolean last) throws IOException {
			this.echo.received(end, part, last);
		}

		@Override
		public void closed(StreamEnd end, @Nullable IOException cause) {
			StreamHandler.super.closed(end, cause);
			Opens.this.closedByHost++;
			next();
		}

	}

}
