/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.support;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;

/**
 * Waits for what no event tells of: the state of another process or of a page.
 */
public final class Await {

	private static final Duration INTERVAL = Duration.ofMillis(20);

	private Await() {
	}

	/**
	 * Waits.
	 * @param what it is waited for, for the message
	 * @param patience how long at most
	 * @param condition what is looked at, on this thread
	 * @return how long it took
	 */
	public static Duration until(String what, Duration patience, Callable<Boolean> condition) {
		long start = System.nanoTime();
		Awaitility.await(what)
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.pollInterval(INTERVAL)
			.atMost(patience)
			.until(condition);
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
