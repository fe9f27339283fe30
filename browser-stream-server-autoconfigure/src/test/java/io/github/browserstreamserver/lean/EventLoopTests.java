/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class EventLoopTests {

	private final EventLoop loop = new EventLoop("loop of a test");

	@Test
	void doesOneThingAtATimeAndAllOfThemAlthoughItEndsMeanwhile() throws InterruptedException {
		int perThread = 2_000;
		AtomicBoolean busy = new AtomicBoolean();
		AtomicInteger overlaps = new AtomicInteger();
		AtomicInteger done = new AtomicInteger();
		CountDownLatch half = new CountDownLatch(perThread);
		Runnable task = () -> {
			if (!busy.compareAndSet(false, true)) {
				overlaps.incrementAndGet();
			}
			done.incrementAndGet();
			half.countDown();
			busy.set(false);
		};
		this.loop.start();
		ExecutorService threads = Executors.newFixedThreadPool(2);
		for (int thread = 0; thread < 2; thread++) {
			threads.execute(() -> {
				for (int count = 0; count < perThread; count++) {
					this.loop.execute(task);
				}
			});
		}
		assertThat(half.await(10, TimeUnit.SECONDS)).isTrue();
		this.loop.stop();
		await().untilAtomic(done, (count) -> assertThat(count).isEqualTo(2 * perThread));
		assertThat(overlaps).hasValue(0);
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void doesWhatItIsAskedForWhenItHasEnded() {
		this.loop.start();
		this.loop.stop();
		AtomicInteger done = new AtomicInteger();
		await().until(() -> {
			this.loop.execute(() -> this.loop.execute(done::incrementAndGet));
			return done.get() > 0;
		});
	}

	@Test
	void loopThatDiedIsReplaced() {
		EventLoops loops = new EventLoops();
		EventLoop first = loops.next();
		first.stop();
		int processors = Runtime.getRuntime().availableProcessors();
		for (int count = 0; count < 2 * processors; count++) {
			assertThat(loops.next().isStopped()).isFalse();
		}
		loops.stop();
	}

	@Test
	void aFaultInOneThingKeepsNothingElseFromBeingDone(CapturedOutput output) throws InterruptedException {
		CountDownLatch done = new CountDownLatch(2);
		this.loop.start();
		this.loop.execute(done::countDown);
		this.loop.execute(() -> {
			throw new IllegalStateException("broken on purpose");
		});
		this.loop.execute(done::countDown);
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		this.loop.stop();
		assertThat(output).contains("broken on purpose");
	}

}
