/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The queue of a pool that makes a thread only when none of those that it has waits for a
 * task, and lets tasks wait only when it may have no more threads. The JDK's own pools
 * with a queue make all their threads first, each of which costs a stack.
 */
@SuppressWarnings("serial") // nobody writes a pool down
final class HandOverQueue extends LinkedTransferQueue<Runnable> {

	private HandOverQueue() {
	}

	/**
	 * Creates a pool that goes down to nothing when there is nothing to do.
	 * @param threads how many it may have
	 * @param idleSeconds how long one of them waits for a task
	 * @param factory makes them
	 * @return a pool that rejects nothing before it is shut down
	 */
	static ThreadPoolExecutor newPool(int threads, int idleSeconds, ThreadFactory factory) {
		HandOverQueue queue = new HandOverQueue();
		return new ThreadPoolExecutor(0, threads, idleSeconds, TimeUnit.SECONDS, queue, factory, (task, pool) -> {
			if (pool.isShutdown()) {
				throw new RejectedExecutionException("the pool was shut down");
			}
			queue.keep(task);
		});
	}

	/**
	 * Asked by the pool before it makes a thread.
	 */
	@Override
	public boolean offer(Runnable task) {
		return tryTransfer(task);
	}

	private void keep(Runnable task) {
		super.offer(task);
	}

}
