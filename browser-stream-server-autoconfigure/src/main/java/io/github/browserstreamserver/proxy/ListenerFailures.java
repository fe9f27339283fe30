/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What listeners of servers throw: the first of each class of exceptions is a warning
 * with all that is known, and those after it are for who looks for them. A listener that
 * fails with every name does not fill the log. Safe for use by several threads.
 */
final class ListenerFailures {

	private static final Logger logger = LoggerFactory.getLogger(ListenerFailures.class);

	/** The names of the classes: these keep no class loader alive. */
	private final Set<String> seen = ConcurrentHashMap.newKeySet();

	/**
	 * Calls a listener.
	 * @param event what it is told, for people
	 * @param call the call
	 */
	void guard(String event, Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException | Error ex) {
			if (this.seen.add(ex.getClass().getName())) {
				logger.warn("A listener of {} failed; streams go on without it."
						+ " Further failures of this kind are logged at DEBUG", event, ex);
			}
			else {
				logger.debug("A listener of {} failed again", event, ex);
			}
		}
	}

}
