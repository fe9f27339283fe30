/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads on which the user's code runs. They are no executor beans, as such a bean
 * would take the place of Boot's own.
 */
final class LibraryThreads implements DisposableBean {

	private static final int ANNOUNCERS = 16;

	private static final int CALLBACKS = 8;

	private static final int IDLE_SECONDS = 30;

	private static final int STOP_PATIENCE_SECONDS = 5;

	private static final Duration END_PATIENCE = Duration.ofSeconds(1);

	/** Those that live, to see them end. */
	private final Set<Thread> made = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	private ThreadPoolExecutor announcers = queueing("events-", ANNOUNCERS);

	private boolean announcing;

	private final List<Runnable> early = new ArrayList<>();

	private final ThreadPoolExecutor callbacks = queueing("callbacks-", CALLBACKS);

	private final ThreadPoolExecutor handlers;

	private final ScheduledThreadPoolExecutor delays = new ScheduledThreadPoolExecutor(1, factory("delays-"));

	LibraryThreads(int maxHandlers) {
		this.handlers = new ThreadPoolExecutor(0, maxHandlers, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
				factory("handler-"));
		this.delays.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		this.delays.allowCoreThreadTimeOut(true);
		this.delays.setRemoveOnCancelPolicy(true);
		this.delays.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	private ThreadPoolExecutor queueing(String name, int threads) {
		return HandOverQueue.newPool(threads, IDLE_SECONDS, factory(name));
	}

	private ThreadFactory factory(String name) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("browser-stream-server-" + name);
		factory.setDaemon(true);
		return (task) -> {
			Thread thread = factory.newThread(task);
			this.made.add(thread);
			return thread;
		};
	}

	/**
	 * Returns what runs announcements. Until {@link #startAnnouncing()} they wait: a bean
	 * may listen on a name in its constructor, when nobody could hear of it yet.
	 * @return an executor
	 */
	Executor announcers() {
		return this::announce;
	}

	private synchronized void announce(Runnable task) {
		if (this.announcing || this.announcers.isShutdown()) {
			this.announcers.execute(task);
		}
		else {
			this.early.add(task);
		}
	}

	/**
	 * Runs something later, and not at all if the application stops before.
	 * @param delay how much later
	 * @param task what to run; must not wait for anything
	 * @return cancels it
	 */
	Runnable after(Duration delay, Runnable task) {
		try {
			ScheduledFuture<?> future = this.delays.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
			return () -> future.cancel(false);
		}
		catch (RejectedExecutionException ex) {
			// the application has stopped, and what would have ended has ended with it
			return () -> {
			};
		}
	}

	ThreadPoolExecutor callbacks() {
		return this.callbacks;
	}

	ThreadPoolExecutor handlers() {
		return this.handlers;
	}

	/**
	 * Begins to announce, also again after a {@link #finishAnnouncing()}.
	 */
	synchronized void startAnnouncing() {
		if (this.announcers.isShutdown()) {
			this.announcers = queueing("events-", ANNOUNCERS);
		}
		this.announcing = true;
		this.early.forEach(this.announcers::execute);
		this.early.clear();
	}

	/**
	 * Waits a moment for what is to be told: {@code server.destroyed} of the names that
	 * ended with the application. Those who listen are still there at this time, and no
	 * longer when beans are destroyed.
	 */
	void finishAnnouncing() {
		ThreadPoolExecutor finishing;
		synchronized (this) {
			this.announcing = false;
			finishing = this.announcers;
			finishing.shutdown();
		}
		boolean announced = false;
		try {
			announced = finishing.awaitTermination(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (!announced) {
			finishing.shutdownNow();
		}
	}

	@Override
	public void destroy() {
		if (this.announcers.isShutdown()) {
			// it had its time already
			this.announcers.shutdownNow();
		}
		else {
			finishAnnouncing();
		}
		this.delays.shutdownNow();
		this.handlers.shutdownNow();
		this.callbacks.shutdown();
		awaitTheirEnd();
	}

	/**
	 * A thread needs a moment to end, also when its pool has done with it, and a
	 * container that finds one alive warns of it.
	 */
	private void awaitTheirEnd() {
		long deadline = System.nanoTime() + END_PATIENCE.toNanos();
		try {
			for (Thread thread : this.made.toArray(Thread[]::new)) {
				if (thread != Thread.currentThread()) {
					TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
