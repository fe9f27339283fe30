/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.util.List;

/**
 * Where scripts run that use the original's clients: a page or a Node process. Both have
 * the same names at hand.
 */
interface OriginalPeer {

	/**
	 * Runs a script as the body of an asynchronous function and waits for what it
	 * returns.
	 * @param script the script; may {@code await} and {@code return}
	 * @param args what it finds in {@code args}
	 * @return what it returned, translated from JSON
	 */
	Object run(String script, Object... args);

	/**
	 * As {@link #run}, for a script that returns a list of strings.
	 */
	default List<String> list(String script, Object... args) {
		return ((List<?>) run(script, args)).stream().map(String::valueOf).toList();
	}

}
