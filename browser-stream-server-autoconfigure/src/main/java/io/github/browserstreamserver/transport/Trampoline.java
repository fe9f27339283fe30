/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.util.ArrayDeque;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what an action sets off after the action instead of inside it, on the same thread.
 * So a write that completes at once, credit that this gives to another connection, and
 * that one's write never nest, however many connections a thread touches; and all that
 * one piece of input causes on a connection goes out in one batch.
 */
public final class Trampoline {

	private static final Logger logger = LoggerFactory.getLogger(Trampoline.class);

	/**
	 * What a thread runs, the current action first, and what is left for later. It stays
	 * with the thread, as to set and remove it each time costs more than all else here.
	 */
	private static final ThreadLocal<ArrayDeque<Runnable>> ACTIONS = ThreadLocal.withInitial(ArrayDeque::new);

	private Trampoline() {
	}

	/**
	 * Tells whether this thread runs an action, so that what it sets off will run later.
	 * @return whether {@link #enter} would only run its action
	 */
	public static boolean isEntered() {
		return !ACTIONS.get().isEmpty();
	}

	/**
	 * Runs an action now; then, if it is the outermost, all that it left for later, and
	 * throws behind all of that what the action itself threw. What was left for later
	 * belongs to other connections: if that fails, it is logged, and costs the caller
	 * nothing.
	 * @param action the action
	 */
	public static void enter(Runnable action) {
		ArrayDeque<Runnable> actions = ACTIONS.get();
		if (!actions.isEmpty()) {
			action.run();
			return;
		}
		actions.add(action);
		try {
			action.run();
		}
		finally {
			// only now, as there is something here as long as anything runs
			actions.remove();
			runAll(actions);
		}
	}

	private static void runAll(ArrayDeque<Runnable> actions) {
		for (Runnable next = actions.peek(); next != null; next = actions.peek()) {
			try {
				next.run();
			}
			catch (RuntimeException | Error ex) {
				logger.error("What one connection left to do for another failed", ex);
			}
			actions.remove();
		}
	}

	/**
	 * Runs an action after the one that runs on this thread now; at once if there is
	 * none.
	 * @param action the action
	 */
	public static void later(Runnable action) {
		ArrayDeque<Runnable> actions = ACTIONS.get();
		if (actions.isEmpty()) {
			enter(action);
		}
		else {
			actions.add(action);
		}
	}

}
