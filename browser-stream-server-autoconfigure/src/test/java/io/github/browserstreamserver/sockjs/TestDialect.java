/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Dialect;
import io.github.browserstreamserver.transport.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A dialect that sends back what it receives if it is told to, and keeps what happened on
 * each of its connections.
 */
final class TestDialect implements Dialect {

	private final LinkedBlockingQueue<Peer> peers = new LinkedBlockingQueue<>();

	private volatile boolean echo = true;

	void echo(boolean echo) {
		this.echo = echo;
	}

	void forget() {
		this.peers.clear();
		this.echo = true;
	}

	@Override
	public Connection connect(Transport transport, String description) {
		Peer peer = new Peer(transport, this.echo);
		this.peers.add(peer);
		return peer;
	}

	/**
	 * Returns the next connection that was made.
	 * @return a connection
	 */
	Peer next() {
		try {
			Peer peer = this.peers.poll(10, TimeUnit.SECONDS);
			assertThat(peer).as("a connection").isNotNull();
			return peer;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean isIdle() {
		return this.peers.isEmpty();
	}

	static final class Peer implements Connection {

		private final Transport transport;

		private final boolean echo;

		private final ByteArrayOutputStream received = new ByteArrayOutputStream();

		private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();

		private boolean writing;

		final AtomicInteger pongs = new AtomicInteger();

		final AtomicInteger ends = new AtomicInteger();

		final List<Boolean> completions = new CopyOnWriteArrayList<>();

		private Peer(Transport transport, boolean echo) {
			this.transport = transport;
			this.echo = echo;
		}

		Transport transport() {
			return this.transport;
		}

		synchronized String received() {
			return this.received.toString(StandardCharsets.UTF_8);
		}

		@Override
		public void received(ByteBuffer part, boolean last) {
			byte[] bytes = new byte[part.remaining()];
			part.get(bytes);
			synchronized (this) {
				this.received.writeBytes(bytes);
			}
			if (this.echo) {
				write(bytes);
			}
		}

		void write(String text) {
			write(text.getBytes(StandardCharsets.UTF_8));
		}

		/**
		 * Writes, one after the other.
		 */
		void write(byte[] bytes) {
			synchronized (this) {
				this.waiting.add(bytes);
			}
			writeNext();
		}

		private void writeNext() {
			byte[] next;
			synchronized (this) {
				if (this.writing || this.waiting.isEmpty()) {
					return;
				}
				this.writing = true;
				next = this.waiting.poll();
			}
			AtomicInteger calls = new AtomicInteger();
			this.transport.write(ByteBuffer.wrap(next), (written) -> {
				assertThat(calls.incrementAndGet()).as("one completion for a write").isOne();
				this.completions.add(written);
				synchronized (this) {
					this.writing = false;
				}
				if (written) {
					writeNext();
				}
			});
		}

		@Override
		public void alive() {
			this.pongs.incrementAndGet();
		}

		@Override
		public void unsupported(int closeCode, String reason) {
			this.transport.close(closeCode, reason);
		}

		@Override
		public void closed(String reason) {
			this.ends.incrementAndGet();
		}

		@Override
		public void tick() {
		}

		@Override
		public void drain(Duration spread) {
		}

		@Override
		public void refuse(String reason) {
		}

		@Override
		public void shutdown() {
			this.transport.close(4013, "shutdown");
		}

	}

}
