/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Looks again and again until something is so, or it takes too long.
 */
final class Await {

	private static final long INTERVAL_MILLIS = 20;

	private Await() {
	}

	/**
	 * Waits.
	 * @param what it is waited for, for the message
	 * @param patience how long at most
	 * @param condition what is looked at
	 * @return how long it took
	 */
	static Duration until(String what, Duration patience, Callable<Boolean> condition) {
		long start = System.nanoTime();
		while (true) {
			boolean so = look(condition);
			Duration taken = Duration.ofNanos(System.nanoTime() - start);
			if (so) {
				return taken;
			}
			if (taken.compareTo(patience) > 0) {
				throw new AssertionError("Not within " + patience + ": " + what);
			}
			pause();
		}
	}

	private static boolean look(Callable<Boolean> condition) {
		try {
			return condition.call();
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	private static void pause() {
		try {
			Thread.sleep(INTERVAL_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
