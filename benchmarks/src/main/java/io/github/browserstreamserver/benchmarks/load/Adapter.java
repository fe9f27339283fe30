/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.util.function.Supplier;

/**
 * How the peers of a relay speak: what a measure needs of a dialect, and all that a new
 * one has to bring.
 */
interface Adapter {

	/** Somebody who is reached under a name. */
	interface Host {

		/**
		 * Returns whether clients may come.
		 * @return whether the relay has the name, for all streams that were asked for
		 */
		boolean isReady();

		/**
		 * Says whether the host takes bytes from its sockets.
		 * @param reading whether it does
		 */
		void reading(boolean reading);

	}

	/** Somebody who opens streams: what a page does over one connection, if it can. */
	interface Client {

		/**
		 * Opens a stream.
		 * @param name of the host
		 * @param handler hears of the stream, first that it is writable
		 * @throws IOException if there is no socket to be had
		 */
		void open(String name, StreamHandler handler) throws IOException;

		/**
		 * Returns what the sockets took.
		 * @return bytes, since the beginning
		 */
		long written();

	}

	/**
	 * Makes a host.
	 * @param name which it has
	 * @param streams how many may be open at once; who has a connection for each keeps so
	 * many waiting
	 * @param acceptor makes the handler of a stream that a client opened
	 * @return the host
	 * @throws IOException if there is no socket to be had
	 */
	Host host(String name, int streams, Supplier<StreamHandler> acceptor) throws IOException;

	/**
	 * Makes a client.
	 * @return the client
	 * @throws IOException if there is no socket to be had
	 */
	Client client() throws IOException;

	/**
	 * Returns how many sockets of the generator a host has that waits.
	 * @return their number
	 */
	default int socketsOfHost() {
		return 1;
	}

}
