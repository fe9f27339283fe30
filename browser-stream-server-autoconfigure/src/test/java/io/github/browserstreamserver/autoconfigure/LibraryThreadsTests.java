/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LibraryThreadsTests {

	private final LibraryThreads threads = new LibraryThreads(4);

	@Test
	void theyAreGoneWhenTheBeanIsDestroyed() throws InterruptedException {
		CountDownLatch busy = new CountDownLatch(2);
		List<Thread> seen = new CopyOnWriteArrayList<>();
		Runnable slow = () -> {
			seen.add(Thread.currentThread());
			busy.countDown();
			while (!this.threads.callbacks().isShutdown()) {
				Thread.onSpinWait();
			}
			Thread.interrupted();
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
		};
		this.threads.callbacks().execute(slow);
		this.threads.handlers().execute(slow);
		assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
		this.threads.destroy();
		assertThat(seen).hasSize(2).noneMatch(Thread::isAlive);
	}

	@Test
	void aHandlerThatDoesNotHearOfTheEndDoesNotHoldItUp() throws InterruptedException {
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch free = new CountDownLatch(1);
		this.threads.handlers().execute(() -> {
			busy.countDown();
			boolean over = false;
			while (!over) {
				try {
					free.await();
					over = true;
				}
				catch (InterruptedException ex) {
					// stays
				}
			}
		});
		assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
		this.threads.destroy();
		assertThat(this.threads.handlers().isTerminated()).isFalse();
		free.countDown();
		assertThat(this.threads.handlers().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

}
