/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.stream.Counts;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is to be announced, on an executor: for one name one after the other in the
 * order in which it was added, for different names side by side. A listener that is slow
 * with one name holds no other up.
 */
final class Announcements {

	/** How many announcements may wait before no new ones are begun. */
	static final int MOST = 10_000;

	/**
	 * How many because of one user or address, so that it does not hold the others up.
	 */
	static final int MOST_OF_ONE = MOST / 8;

	private final Executor executor;

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * The names with something to announce. A name is here as long as a task works on it.
	 */
	@GuardedBy("lock")
	private final Map<String, ArrayDeque<Announcement>> waiting = new HashMap<>();

	@GuardedBy("lock")
	private final List<String> toStart = new ArrayList<>();

	@GuardedBy("lock")
	private int count;

	@GuardedBy("lock")
	private final Counts<String> ofBearers = new Counts<>();

	Announcements(Executor executor) {
		this.executor = executor;
	}

	/**
	 * What is to be told.
	 *
	 * @param run tells it
	 * @param bearer the user or address because of whom, or {@code null}
	 */
	private record Announcement(Runnable run, @Nullable String bearer) {
	}

	/**
	 * Adds an announcement. Runs nothing, so it may be called with a lock; call
	 * {@link #flush()} afterwards, without.
	 * @param name which name it is about
	 * @param bearer the user or address because of whom, or {@code null}
	 * @param announcement what to run
	 */
	void add(String name, @Nullable String bearer, Runnable announcement) {
		this.lock.lock();
		try {
			ArrayDeque<Announcement> queue = this.waiting.get(name);
			if (queue == null) {
				queue = new ArrayDeque<>();
				this.waiting.put(name, queue);
				this.toStart.add(name);
			}
			queue.add(new Announcement(announcement, bearer));
			this.ofBearers.add(bearer);
			this.count++;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Starts what was added.
	 */
	void flush() {
		List<String> names;
		this.lock.lock();
		try {
			names = List.copyOf(this.toStart);
			this.toStart.clear();
		}
		finally {
			this.lock.unlock();
		}
		names.forEach(this::start);
	}

	private void start(String name) {
		try {
			this.executor.execute(() -> work(name));
		}
		catch (RejectedExecutionException ex) {
			// the application is stopping: nobody else is there to be held up
			for (Runnable next = next(name); next != null; next = next(name)) {
				next.run();
			}
		}
	}

	private void work(String name) {
		Runnable next = next(name);
		if (next == null) {
			return;
		}
		next.run();
		// others may wait for this thread, whatever one name has to announce
		start(name);
	}

	/**
	 * Tells whether so much waits that a name should not change hands for a while.
	 * @param bearer the user or address because of whom it would, or {@code null}
	 * @return whether listeners are too slow
	 */
	boolean isFullFor(@Nullable String bearer) {
		this.lock.lock();
		try {
			return this.count >= MOST || this.ofBearers.of(bearer) >= MOST_OF_ONE;
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Runnable next(String name) {
		this.lock.lock();
		try {
			ArrayDeque<Announcement> queue = this.waiting.get(name);
			Announcement next = (queue != null) ? queue.poll() : null;
			if (next == null) {
				this.waiting.remove(name);
				return null;
			}
			this.count--;
			this.ofBearers.remove(next.bearer());
			return next.run();
		}
		finally {
			this.lock.unlock();
		}
	}

}
