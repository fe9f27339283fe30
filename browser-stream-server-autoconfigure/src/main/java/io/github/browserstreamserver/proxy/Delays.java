/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.time.Duration;

/**
 * What runs something later.
 */
@FunctionalInterface
public interface Delays {

	/**
	 * Runs a task once, after a delay. The task does not wait for anything.
	 * @param delay how long to wait before
	 * @param task what to run
	 * @return cancels it; does nothing when it has run
	 */
	Runnable after(Duration delay, Runnable task);

}
