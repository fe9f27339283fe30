/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a process runs: on a core of its own, if the machine has two and can pin.
 */
enum Core {

	RELAY(0), GENERATOR(1);

	private static final boolean PINNED = Runtime.getRuntime().availableProcessors() >= 2 && Programs.has("taskset");

	private final int number;

	Core(int number) {
		this.number = number;
	}

	static boolean pinned() {
		return PINNED;
	}

	/**
	 * Returns the command that runs another on this core.
	 * @param command the other
	 * @return the command; the other takes the place of its process
	 */
	List<String> pin(List<String> command) {
		if (!PINNED) {
			return command;
		}
		List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(this.number)));
		pinned.addAll(command);
		return pinned;
	}

}
