/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A TCP line to a port of this machine that takes its time: all bytes arrive half a round
 * trip late, and the first ones a whole round trip later still, if the handshake of TCP
 * is to take its time too.
 */
final class SlowLine implements AutoCloseable {

	private static final int CHUNK = 64 * 1024;

	private final ServerSocket door;

	private final int target;

	private final long oneWayNanos;

	private final long handshakeNanos;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	SlowLine(int target, int roundTripMillis, boolean handshake) throws IOException {
		this.target = target;
		this.oneWayNanos = TimeUnit.MILLISECONDS.toNanos(roundTripMillis) / 2;
		this.handshakeNanos = handshake ? 2 * this.oneWayNanos : 0;
		this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start(this::accept);
	}

	int port() {
		return this.door.getLocalPort();
	}

	private void accept() throws IOException {
		while (true) {
			Socket near = keep(this.door.accept());
			Socket far = keep(new Socket(InetAddress.getLoopbackAddress(), this.target));
			pump(near, far, this.handshakeNanos + this.oneWayNanos);
			pump(far, near, this.oneWayNanos);
		}
	}

	private Socket keep(Socket socket) throws IOException {
		socket.setTcpNoDelay(true);
		this.sockets.add(socket);
		return socket;
	}

	private void pump(Socket from, Socket to, long firstDelay) {
		BlockingQueue<Late> underWay = new LinkedBlockingQueue<>();
		start(() -> read(from, underWay, firstDelay));
		start(() -> write(to, underWay));
	}

	private void read(Socket from, BlockingQueue<Late> underWay, long firstDelay) throws IOException {
		InputStream in = from.getInputStream();
		byte[] buffer = new byte[CHUNK];
		long earliest = System.nanoTime() + firstDelay;
		int count = in.read(buffer);
		while (count >= 0) {
			long due = Math.max(earliest, System.nanoTime() + this.oneWayNanos);
			underWay.add(new Late(Arrays.copyOf(buffer, count), due));
			count = in.read(buffer);
		}
		underWay.add(new Late(new byte[0], System.nanoTime() + this.oneWayNanos));
	}

	private void write(Socket to, BlockingQueue<Late> underWay) throws IOException, InterruptedException {
		OutputStream out = to.getOutputStream();
		Late next = underWay.take();
		while (next.bytes().length > 0) {
			TimeUnit.NANOSECONDS.sleep(next.due() - System.nanoTime());
			out.write(next.bytes());
			next = underWay.take();
		}
		to.shutdownOutput();
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// One end is closed, and the other will hear of it.
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "slow-line");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.door.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	/**
	 * Bytes under way.
	 *
	 * @param bytes none for the end
	 * @param due when they arrive
	 */
	private record Late(byte[] bytes, long due) {
	}

	private interface Work {

		void run() throws IOException, InterruptedException;

	}

}
