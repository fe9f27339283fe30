/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the application's own code throws when it is called: the first of each class of
 * exceptions is a warning with all that is known, and those after it are for who looks
 * for them. So code that fails each time does not let peers fill the log. Safe for use by
 * several threads.
 */
final class CallbackFailures {

	private static final Logger logger = LoggerFactory.getLogger(CallbackFailures.class);

	private final String consequence;

	/** The names of the classes: these keep no class loader alive. */
	private final Set<String> seen = ConcurrentHashMap.newKeySet();

	/**
	 * Creates what notes the failures of one callback.
	 * @param consequence what follows from one, for people
	 */
	CallbackFailures(String consequence) {
		this.consequence = consequence;
	}

	/**
	 * Notes the failures of handlers of streams.
	 * @return a new one
	 */
	static CallbackFailures ofHandlers() {
		return new CallbackFailures("its stream is reset");
	}

	/**
	 * Calls the application.
	 * @param what what is called, for people
	 * @param call the call
	 */
	void guard(String what, Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException | Error ex) {
			note(what, ex);
		}
	}

	/**
	 * Notes a failure.
	 * @param what what failed, for people
	 * @param failure how
	 */
	void note(String what, Throwable failure) {
		Throwable cause = causeOf(failure);
		if (this.seen.add(cause.getClass().getName())) {
			logger.warn("{} failed; {}. Further failures of this kind are logged at DEBUG", what, this.consequence,
					cause);
		}
		else {
			logger.debug("{} failed again; {}", what, this.consequence, cause);
		}
	}

	/** What a stage wraps is what failed. */
	private static Throwable causeOf(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : null;
		return (cause != null) ? cause : failure;
	}

}
