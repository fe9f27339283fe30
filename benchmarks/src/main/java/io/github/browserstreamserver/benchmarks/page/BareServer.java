/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A server that costs next to nothing: both a raw WebSocket and the client of this
 * project end in it, so that what differs is the page. It unmasks no payload and looks
 * into none; a thread for each connection.
 */
final class BareServer implements AutoCloseable {

	private final ServerSocketChannel listening;

	BareServer() throws IOException {
		this.listening = ServerSocketChannel.open();
		this.listening.bind(new InetSocketAddress(InetAddress.getByName("localhost"), 0));
		start(this::accept, "bare-server");
	}

	int port() {
		return this.listening.socket().getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				SocketChannel channel = this.listening.accept();
				start(() -> serve(channel), "bare-connection");
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private static void serve(SocketChannel channel) {
		try (channel) {
			BareSocket socket = new BareSocket(channel);
			String path = socket.shakeHands();
			if (path.startsWith("/raw/")) {
				new BareRawEnd(socket, Transfer.of(path)).run();
			}
			else {
				new BareStreamEnd(socket).run();
			}
		}
		catch (IOException | UncheckedIOException ex) {
			// The page has gone.
		}
	}

	private static void start(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
	}

}
