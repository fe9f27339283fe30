/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.IOException;
import java.util.List;

import io.github.browserstreamserver.benchmarks.relay.Ready;

/**
 * Starts a relay that is a class of ours, and says when it is ready.
 *
 * @param main the class
 * @param without jars whose names contain one of these are left out of its class path
 * @param arguments of the program
 */
record JavaLauncher(Class<?> main, List<String> without, List<String> arguments) implements Peer.Launcher {

	private static final int SECONDS_TO_START = 180;

	@Override
	public RunningRelay start(Core core) throws IOException {
		List<String> command = Jvm.command(Jvm.RELAY_FLAGS, this.without, this.main.getName(), this.arguments);
		Child process = new Child(core.pin(command), (line) -> line.startsWith(Ready.WORD));
		return RunningRelay.await(process, SECONDS_TO_START, true);
	}

}
