/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.Closeable;

/**
 * A relay that can be reached.
 *
 * @param process its process
 * @param port where it is reached
 * @param jvm whether it is a JVM
 */
record RunningRelay(Child process, int port, boolean jvm) implements Closeable {

	@Override
	public void close() {
		this.process.close();
	}

}
