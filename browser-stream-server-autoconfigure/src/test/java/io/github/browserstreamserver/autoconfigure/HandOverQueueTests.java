/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class HandOverQueueTests {

	private final ThreadPoolExecutor pool = HandOverQueue.newPool(4, 1, Executors.defaultThreadFactory());

	@AfterEach
	void stop() throws InterruptedException {
		this.pool.shutdownNow();
		assertThat(this.pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	private void run(Runnable task) throws InterruptedException {
		CountDownLatch done = new CountDownLatch(1);
		this.pool.execute(() -> {
			task.run();
			done.countDown();
		});
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		// until its thread waits for the next
		await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> this.pool.getActiveCount() == 0);
	}

	@Test
	void oneThreadIsEnoughForTasksThatDoNotOverlap() throws InterruptedException {
		run(() -> {
		});
		assertThat(this.pool.getQueue()).isInstanceOf(HandOverQueue.class);
		await().until(() -> ((HandOverQueue) this.pool.getQueue()).hasWaitingConsumer());
		run(() -> {
		});
		assertThat(this.pool.getLargestPoolSize()).isOne();
	}

	@Test
	void tasksThatWaitHaveAThreadEachUpToTheBoundAndThenAQueue() throws InterruptedException {
		CountDownLatch go = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(100);
		for (int task = 0; task < 100; task++) {
			this.pool.execute(() -> {
				try {
					go.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				done.countDown();
			});
		}
		assertThat(this.pool.getPoolSize()).isEqualTo(4);
		assertThat(this.pool.getQueue()).hasSize(96);
		go.countDown();
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void threadsThatHaveNothingToDoEnd() throws InterruptedException {
		run(() -> {
		});
		await().until(() -> this.pool.getPoolSize() == 0);
		run(() -> {
		});
	}

	@Test
	void nothingIsTakenAfterTheEndAndWhatWasTakenIsDone() throws InterruptedException {
		CountDownLatch done = new CountDownLatch(20);
		for (int task = 0; task < 20; task++) {
			this.pool.execute(done::countDown);
		}
		this.pool.shutdown();
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.pool.execute(done::countDown));
	}

}
