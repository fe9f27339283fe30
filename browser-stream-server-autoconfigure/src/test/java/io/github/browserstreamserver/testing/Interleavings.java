/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.testing;

import org.jetbrains.lincheck.Lincheck;

/**
 * Runs a few threads under a scheduler that decides where each of them is interrupted,
 * and tries many of the ways in which it can. A failure shows the way that led to it.
 * <p>
 * {@code -Dinterleavings=long} tries many more, {@code -Dinterleavings=N} so many. Tests
 * that use this are tagged {@code interleavings}, and run in a JVM of their own, whose
 * classes the scheduler changes.
 */
public final class Interleavings {

	private static final int SHORT = 500;

	private static final int LONG = 20_000;

	private Interleavings() {
	}

	/**
	 * Returns how many ways are tried.
	 * @return a count
	 */
	public static int count() {
		String wanted = System.getProperty("interleavings", "short");
		return switch (wanted) {
			case "short" -> SHORT;
			case "long" -> LONG;
			default -> Integer.parseInt(wanted);
		};
	}

	/**
	 * Tries many ways through a test.
	 * @param test what to do each time; it must do nothing that is not its own, as it is
	 * run again and again from the beginning
	 */
	public static void check(Runnable test) {
		check(1, test);
	}

	/**
	 * Tries fewer ways through a test that takes long.
	 * @param share one of how many
	 * @param test what to do each time
	 */
	public static void check(int share, Runnable test) {
		Lincheck.runConcurrentTest(Math.max(1, count() / share), test);
	}

	/**
	 * Does several things at once and waits for all of them. Only within {@link #check}.
	 * @param racers what to do
	 */
	public static void race(Runnable... racers) {
		Racer[] threads = new Racer[racers.length];
		for (int index = 0; index < racers.length; index++) {
			threads[index] = new Racer(racers[index]);
		}
		// as threads: the scheduler knows these methods by the class that they are called
		// on
		for (Thread thread : threads) {
			thread.start();
		}
		for (Thread thread : threads) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		for (Racer thread : threads) {
			if (thread.failure != null) {
				throw new AssertionError("one thread failed: " + thread.failure, thread.failure);
			}
		}
	}

	/**
	 * Says what must be so. The assertions of libraries are too much for the scheduler.
	 * @param is whether it is
	 * @param what it is
	 */
	public static void must(boolean is, String what) {
		if (!is) {
			throw new AssertionError(what);
		}
	}

	/**
	 * A thread. It has its task in a field of its own, because what is in the fields of
	 * {@link Thread} is hidden from the scheduler on newer JDKs.
	 */
	private static final class Racer extends Thread {

		private final Runnable task;

		private volatile Throwable failure;

		Racer(Runnable task) {
			this.task = task;
		}

		@Override
		public void run() {
			try {
				this.task.run();
			}
			catch (RuntimeException | AssertionError ex) {
				this.failure = ex;
			}
		}

	}

}
