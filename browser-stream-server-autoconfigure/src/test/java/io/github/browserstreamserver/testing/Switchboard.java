/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Where {@link FaultyLine}s to one application are made: the one thread that moves the
 * bytes of all of them. What was not closed before is closed with it.
 */
public final class Switchboard implements AutoCloseable {

	private final InetSocketAddress target;

	private final Selector selector;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	/** Used by the thread alone. */
	private final PriorityQueue<Timer> timers = new PriorityQueue<>();

	private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

	private final Thread thread = new Thread(this::run, "switchboard");

	private volatile boolean closed;

	/**
	 * Something to do later.
	 *
	 * @param at when, in nanoseconds
	 * @param task what
	 */
	private record Timer(long at, Runnable task) implements Comparable<Timer> {

		@Override
		public int compareTo(Timer other) {
			return Long.signum(this.at - other.at);
		}

	}

	private Switchboard(InetSocketAddress target) {
		this.target = target;
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Begins to work.
	 * @param server where the lines lead
	 * @return a switchboard without lines
	 */
	public static Switchboard to(TestServer server) {
		return new Switchboard(new InetSocketAddress(server.endpoint().getHost(), server.port()));
	}

	/**
	 * Makes a line, which works until it is told to fail.
	 * @return a line that waits for its client
	 */
	public FaultyLine line() {
		return new FaultyLine(this);
	}

	InetSocketAddress target() {
		return this.target;
	}

	private void execute(Runnable task) {
		if (this.closed) {
			throw new RejectedExecutionException("the switchboard is closed");
		}
		this.tasks.add(task);
		this.selector.wakeup();
	}

	/**
	 * Runs a task on the thread, and waits for it. Does nothing if all lines are closed.
	 * @param task what to run; it does not wait
	 */
	void run(Runnable task) {
		if (this.closed) {
			return;
		}
		CompletableFuture.runAsync(task, this::execute).orTimeout(20, TimeUnit.SECONDS).join();
	}

	/**
	 * Runs a task when all else had its turn. Called on the thread.
	 * @param task what to run
	 */
	void again(Runnable task) {
		this.tasks.add(task);
	}

	/**
	 * Runs a task later. Called on the thread.
	 * @param nanos when
	 * @param task what to run
	 */
	void at(long nanos, Runnable task) {
		this.timers.add(new Timer(nanos, task));
	}

	/**
	 * Watches a channel. Called on the thread.
	 * @param channel a channel, blocking or not
	 * @param ready run when the channel is ready for what its key is interested in
	 * @return its key, which is interested in nothing
	 */
	SelectionKey watch(SelectableChannel channel, Runnable ready) throws IOException {
		channel.configureBlocking(false);
		return channel.register(this.selector, 0, ready);
	}

	void opened(Closeable channel) {
		this.open.add(channel);
	}

	void close(Closeable channel) {
		this.open.remove(channel);
		try {
			channel.close();
		}
		catch (IOException ex) {
			// it is closed
		}
	}

	private void run() {
		try {
			while (!this.closed) {
				long wait = wait(this.timers.peek());
				if (!this.tasks.isEmpty() || wait == 0) {
					this.selector.selectNow();
				}
				else {
					this.selector.select(Math.max(0, wait));
				}
				for (SelectionKey key : this.selector.selectedKeys()) {
					((Runnable) key.attachment()).run();
				}
				this.selector.selectedKeys().clear();
				for (int count = this.tasks.size(); count > 0; count--) {
					this.tasks.remove().run();
				}
				takeDue().forEach((timer) -> timer.task().run());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.closed = true;
			List.copyOf(this.open).forEach(this::close);
			close(this.selector);
		}
	}

	private static long wait(Timer next) {
		if (next == null) {
			return -1;
		}
		long left = next.at() - System.nanoTime();
		return (left <= 0) ? 0 : TimeUnit.NANOSECONDS.toMillis(left) + 1;
	}

	private List<Timer> takeDue() {
		List<Timer> due = new ArrayList<>();
		while (wait(this.timers.peek()) == 0) {
			due.add(this.timers.remove());
		}
		return due;
	}

	/**
	 * Closes all lines. Returns when nothing of them is open any more.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.selector.wakeup();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
