/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;

/**
 * One of the things that are measured.
 */
interface Measure {

	/**
	 * Loads the relay and notes what came out.
	 * @param bench what to work with
	 * @throws IOException if the relay did not do what it should
	 */
	void run(Bench bench) throws IOException;

}
