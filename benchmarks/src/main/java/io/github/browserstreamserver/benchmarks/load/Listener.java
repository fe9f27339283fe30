/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Where connections come in, if the generator is a server too.
 */
final class Listener implements Loop.Watched {

	private static final int BACKLOG = 1024;

	/** Takes what comes in. */
	interface Door {

		/**
		 * A connection came.
		 * @param channel the connection
		 * @throws IOException if it is broken
		 */
		void accepted(SocketChannel channel) throws IOException;

	}

	private final ServerSocketChannel channel = ServerSocketChannel.open();

	private final Door door;

	Listener(Loop loop, int port, Door door) throws IOException {
		this.door = door;
		this.channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
		loop.watch(this.channel, SelectionKey.OP_ACCEPT, this);
	}

	@Override
	public void ready(SelectionKey key) throws IOException {
		for (SocketChannel next = this.channel.accept(); next != null; next = this.channel.accept()) {
			this.door.accepted(next);
		}
	}

	@Override
	public void flush() {
	}

	@Override
	public void broke(IOException cause) {
		throw new UncheckedIOException(cause);
	}

}
