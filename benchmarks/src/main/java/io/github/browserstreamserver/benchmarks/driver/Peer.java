/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.IOException;

/**
 * One of those that are compared.
 *
 * @param name in tables and on the command line
 * @param adapter the dialect in which the generator speaks to it
 * @param launcher starts its relay
 */
record Peer(String name, String adapter, Launcher launcher) {

	/** Starts a relay; all that a new kind of relay has to bring. */
	interface Launcher {

		/**
		 * Returns what the relay needs and the machine has not.
		 * @return why it cannot be started; empty if it can
		 */
		default String missing() {
			return "";
		}

		/**
		 * Starts a relay and waits until it can be reached.
		 * @param core where it runs
		 * @return the relay
		 * @throws IOException if it does not start
		 */
		RunningRelay start(Core core) throws IOException;

	}

}
