/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.nio.file.Path;
import java.util.List;

/**
 * A browser with a profile of its own, which is deleted with it. Not for use by several
 * threads.
 */
interface JourneyBrowser extends AutoCloseable {

	/** Opens a page in a window of its own, so that it counts as visible. */
	JourneyWindow open(String address);

	/**
	 * Returns the errors and warnings that the consoles of its windows showed since the
	 * last call.
	 */
	List<String> complaints();

	/** Returns where it saves files. */
	Path downloads();

	/** Stops all its processes, as a laptop does that goes to sleep. */
	void halt();

	/** Lets them go on. */
	void goOn();

	@Override
	void close();

}
