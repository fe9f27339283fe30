/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.browserstreamserver.transport.Trampoline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that waits for many sockets, and reads and writes them when they are ready.
 * What it reads into belongs to the thread, so that a connection holds no buffer. Nothing
 * that runs here may wait for anything.
 */
final class EventLoop implements Runnable, Executor {

	private static final Logger logger = LoggerFactory.getLogger(EventLoop.class);

	/** How much is read from one socket before it is the next one's turn, in bytes. */
	private static final int READ = 131_072;

	/** How long whoever is asked to leave may take, in nanoseconds. */
	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

	private final Selector selector;

	private final Thread thread;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean woken = new AtomicBoolean();

	private final ArrayDeque<Deadline> deadlines = new ArrayDeque<>();

	/** The byte order in which unmasking has nothing to turn round. */
	private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ).order(ByteOrder.nativeOrder());

	private volatile boolean stopped;

	/** Whether the thread has done the last that it does. */
	private volatile boolean ended;

	/** Whether somebody does what was left for a loop that has ended. */
	private final AtomicBoolean clearing = new AtomicBoolean();

	/**
	 * What is done at a time, unless it was done before. All have the same patience, so
	 * they stand in line.
	 */
	private record Deadline(long nanos, Runnable action) {
	}

	/**
	 * Who is told that a socket is ready.
	 */
	interface Ready extends Runnable {

		/**
		 * The socket can be read or written, or is closed. Called by the loop.
		 */
		@Override
		void run();

		/**
		 * The loop ends. Called by the loop.
		 */
		void stopped();

	}

	/**
	 * The threads of loops. They are told by their type.
	 */
	private static final class LoopThread extends Thread {

		LoopThread(Runnable loop, String name) {
			super(loop, name);
			setDaemon(true);
		}

	}

	EventLoop(String name) {
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.thread = new LoopThread(this, name);
	}

	void start() {
		this.thread.start();
	}

	/**
	 * Tells whether the current thread is one that may touch sockets: it never waits, and
	 * nobody interrupts it.
	 * @return whether it is the thread of some loop
	 */
	static boolean isLoop() {
		return Thread.currentThread() instanceof LoopThread;
	}

	boolean isThis() {
		return Thread.currentThread() == this.thread;
	}

	/**
	 * Does something on the loop, soon. When the loop has ended, on the thread of whoever
	 * asks for it, but still one thing after the other.
	 */
	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		if (this.ended) {
			clear();
		}
		else {
			wakeUp();
		}
	}

	/**
	 * Tells whether sockets that are not watched yet will not be.
	 * @return whether the loop ends or has ended
	 */
	boolean isStopped() {
		return this.stopped;
	}

	/**
	 * Makes the loop see what has changed about its keys.
	 */
	void wakeUp() {
		if (!isThis() && this.woken.compareAndSet(false, true)) {
			this.selector.wakeup();
		}
	}

	/**
	 * Watches a channel. Only for the loop's own thread, and not when the loop
	 * {@link #isStopped()}.
	 * @param channel a channel that does not block
	 * @param who is told when it can be read
	 * @return its key
	 * @throws ClosedChannelException if it is closed
	 */
	SelectionKey watch(SocketChannel channel, Ready who) throws ClosedChannelException {
		return channel.register(this.selector, SelectionKey.OP_READ, who);
	}

	/**
	 * Does something after {@link #PATIENCE}. Only for the loop's own thread.
	 * @param action it should see by itself whether it is still wanted
	 */
	void later(Runnable action) {
		this.deadlines.add(new Deadline(System.nanoTime() + PATIENCE, action));
	}

	/**
	 * Returns what to read into. Only for the loop's own thread.
	 * @return an empty buffer, until the next is asked for
	 */
	ByteBuffer readBuffer() {
		return this.readBuffer.clear();
	}

	void stop() {
		this.stopped = true;
		this.selector.wakeup();
	}

	@Override
	public void run() {
		try {
			while (!this.stopped) {
				turn();
			}
		}
		finally {
			this.stopped = true;
			end();
		}
	}

	private void turn() {
		try {
			this.woken.set(false);
			long wait = this.tasks.isEmpty() ? untilDeadline() : -1;
			if (wait < 0) {
				this.selector.selectNow(this::handle);
			}
			else {
				this.selector.select(this::handle, wait);
			}
			this.woken.set(true);
			// what they leave for later is for the next turn, behind the sockets
			runTasks(this.tasks.size());
			runDeadlines();
		}
		catch (IOException | RuntimeException | Error ex) {
			report("A fault in browser-stream-server in the thread that reads and writes sockets", ex);
		}
	}

	/**
	 * Says what went wrong, if there is still memory for it: the loop goes on for all
	 * others.
	 */
	private static void report(String what, Throwable fault) {
		try {
			logger.error(what, fault);
		}
		catch (RuntimeException | Error ex) {
			// nothing is left to say it with
		}
	}

	/**
	 * Returns how long to wait.
	 * @return milliseconds, 0 for ever, negative not at all
	 */
	private long untilDeadline() {
		Deadline next = this.deadlines.peek();
		if (next == null) {
			return 0;
		}
		long left = next.nanos() - System.nanoTime();
		return (left <= 0) ? -1 : TimeUnit.NANOSECONDS.toMillis(left) + 1;
	}

	private void handle(SelectionKey key) {
		Ready who = (Ready) key.attachment();
		try {
			Trampoline.enter(who);
		}
		catch (CancelledKeyException ex) {
			// closed in this very turn
		}
		catch (RuntimeException | Error ex) {
			report("Closing a WebSocket because of a fault in browser-stream-server", ex);
			guarded(who::stopped);
		}
	}

	private void runTasks(int atMost) {
		for (int count = 0; count < atMost; count++) {
			Runnable task = this.tasks.poll();
			if (task == null) {
				return;
			}
			guarded(task);
		}
	}

	/** A fault in one thing keeps nothing else from being done. */
	private static void guarded(Runnable task) {
		try {
			Trampoline.enter(task);
		}
		catch (CancelledKeyException ex) {
			// the container closed the socket in this very moment, and says so in a task
		}
		catch (RuntimeException | Error ex) {
			report("A fault in browser-stream-server in the thread that reads and writes sockets", ex);
		}
	}

	private void runDeadlines() {
		for (Deadline next = this.deadlines.peek(); next != null
				&& next.nanos() - System.nanoTime() <= 0; next = this.deadlines.peek()) {
			this.deadlines.remove();
			guarded(next.action());
		}
	}

	private void end() {
		for (SelectionKey key : this.selector.keys()) {
			guarded(((Ready) key.attachment())::stopped);
		}
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			logger.debug("A selector could not be closed: {}", ex.toString());
		}
		runTasks(Integer.MAX_VALUE);
		this.ended = true;
		// who saw it run still may have left something behind the last look
		clear();
	}

	private void clear() {
		while (!this.tasks.isEmpty() && this.clearing.compareAndSet(false, true)) {
			try {
				runTasks(Integer.MAX_VALUE);
			}
			finally {
				this.clearing.set(false);
			}
		}
	}

}
