/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The generator's only thread: waits for sockets, and lets what was written while one was
 * read leave together, as a browser's network process does.
 */
final class Loop implements Closeable {

	/** A socket that the loop watches. */
	interface Watched {

		/**
		 * The socket is ready.
		 * @param key what it is ready for
		 * @throws IOException if the socket is broken
		 */
		void ready(SelectionKey key) throws IOException;

		/**
		 * Writes what waits, as far as the socket takes it.
		 * @throws IOException if the socket is broken
		 */
		void flush() throws IOException;

		/**
		 * The socket broke.
		 * @param cause why
		 */
		void broke(IOException cause);

	}

	final ByteBuffer input = ByteBuffer.allocateDirect(BufferPool.LARGE);

	final BufferPool buffers = new BufferPool();

	final Masking masking = new Masking();

	private final Selector selector;

	private final List<Watched> dirty = new ArrayList<>();

	Loop() throws IOException {
		this.selector = Selector.open();
	}

	SelectionKey watch(SelectableChannel channel, int operations, Watched watched) throws IOException {
		channel.configureBlocking(false);
		return channel.register(this.selector, operations, watched);
	}

	/**
	 * Something was written that has to leave.
	 * @param watched whose it is; only once until it is flushed
	 */
	void dirty(Watched watched) {
		this.dirty.add(watched);
	}

	/**
	 * Runs until something is so, or until time is up.
	 * @param done whether it is so
	 * @param nanos the time
	 * @return whether it is so
	 * @throws IOException if the selector is broken
	 */
	boolean run(BooleanSupplier done, long nanos) throws IOException {
		long deadline = System.nanoTime() + nanos;
		flush();
		while (!done.getAsBoolean()) {
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				return false;
			}
			this.selector.select(this::ready, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
			flush();
		}
		return true;
	}

	/**
	 * Runs until something is so that must come to be.
	 * @param what it is, for the error message
	 * @param done whether it is so
	 * @throws IOException if the selector is broken
	 */
	void await(String what, BooleanSupplier done) throws IOException {
		if (!run(done, TimeUnit.SECONDS.toNanos(60))) {
			throw new IOException("in vain waited for " + what);
		}
	}

	private void ready(SelectionKey key) {
		if (!key.isValid()) {
			return;
		}
		Watched watched = (Watched) key.attachment();
		try {
			watched.ready(key);
		}
		catch (IOException ex) {
			watched.broke(ex);
		}
		flush();
	}

	private void flush() {
		for (int i = 0; i < this.dirty.size(); i++) {
			Watched watched = this.dirty.get(i);
			try {
				watched.flush();
			}
			catch (IOException ex) {
				watched.broke(ex);
			}
		}
		this.dirty.clear();
	}

	@Override
	public void close() throws IOException {
		for (SelectionKey key : this.selector.keys()) {
			key.channel().close();
		}
		this.selector.close();
	}

}
