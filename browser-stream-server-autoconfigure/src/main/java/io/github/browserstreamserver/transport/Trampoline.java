/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

/**
 * Runs what an action sets off after the action instead of inside it, on the same thread.
 * So a write that completes at once, credit that this gives to another connection, and
 * that one's write never nest, however many connections a thread touches; and all that
 * one piece of input causes on a connection goes out in one batch.
 */
public final class Trampoline {

	private static final ThreadLocal<@Nullable ArrayDeque<Runnable>> LATER = new ThreadLocal<>();

	private Trampoline() {
	}

	/**
	 * Runs an action now; then, if it is the outermost, all that it left for later.
	 * Throws the first failure behind all of that.
	 * @param action the action
	 */
	public static void enter(Runnable action) {
		if (LATER.get() != null) {
			action.run();
			return;
		}
		ArrayDeque<Runnable> later = new ArrayDeque<>();
		LATER.set(later);
		try {
			runAll(action, later);
		}
		finally {
			LATER.remove();
		}
	}

	/**
	 * Runs them all even if one fails: they belong to different connections.
	 */
	private static void runAll(Runnable action, ArrayDeque<Runnable> later) {
		Throwable failure = null;
		for (Runnable next = action; next != null; next = later.poll()) {
			try {
				next.run();
			}
			catch (RuntimeException | Error ex) {
				failure = (failure != null) ? failure : ex;
			}
		}
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure instanceof RuntimeException exception) {
			throw exception;
		}
	}

	/**
	 * Runs an action after the one that runs on this thread now; at once if there is
	 * none.
	 * @param action the action
	 */
	public static void later(Runnable action) {
		ArrayDeque<Runnable> later = LATER.get();
		if (later != null) {
			later.add(action);
		}
		else {
			enter(action);
		}
	}

}
