/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.Closeable;
import java.io.IOException;

import io.github.browserstreamserver.benchmarks.relay.Ready;

/**
 * A relay that can be reached.
 *
 * @param process its process
 * @param port where it is reached
 * @param hostPort where it reaches a host that is a server; 0 if hosts come to the relay
 * @param jvm whether it is a JVM
 */
record RunningRelay(Child process, int port, int hostPort, boolean jvm) implements Closeable {

	/**
	 * Waits until a relay says where it is reached.
	 * @param process which waits for a line that begins with {@link Ready#WORD}
	 * @param seconds how long at most
	 * @param jvm whether it is a JVM
	 * @return the relay
	 * @throws IOException if it says nothing; it is ended then
	 */
	static RunningRelay await(Child process, int seconds, boolean jvm) throws IOException {
		try {
			String line = process.awaitLine(seconds);
			return new RunningRelay(process, Integer.parseInt(line.substring(Ready.WORD.length())), 0, jvm);
		}
		catch (IOException ex) {
			process.close();
			throw ex;
		}
	}

	@Override
	public void close() {
		this.process.close();
	}

}
