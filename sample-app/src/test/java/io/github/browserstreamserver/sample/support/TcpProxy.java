/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a tab and the application, as a network does, and can fail as one. New
 * lines always work.
 */
public final class TcpProxy implements AutoCloseable {

	private final ServerSocket server;

	private final int target;

	private final List<Line> lines = new CopyOnWriteArrayList<>();

	public TcpProxy(int target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start(this::accept);
	}

	public String origin() {
		return "http://127.0.0.1:" + this.server.getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				Socket near = this.server.accept();
				Line line = new Line(near, new Socket(InetAddress.getLoopbackAddress(), this.target));
				this.lines.add(line);
				start(() -> line.carry(near, line.far));
				start(() -> line.carry(line.far, near));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	/**
	 * From now on the lines that exist carry nothing any more, in neither direction, and
	 * neither end is told.
	 * @return these lines
	 */
	public List<Line> fallSilent() {
		this.lines.forEach((line) -> line.silent = true);
		return List.copyOf(this.lines);
	}

	/**
	 * Cuts the lines that exist: the tabs' ends are reset, the application is not told.
	 * @return these lines
	 */
	public List<Line> cut() throws IOException {
		List<Line> cut = fallSilent();
		for (Line line : cut) {
			line.near.setSoLinger(true, 0);
			line.near.close();
		}
		return cut;
	}

	/**
	 * Cuts the lines that exist, and both ends are told.
	 */
	public void drop() throws IOException {
		for (Line line : cut()) {
			line.far.close();
			this.lines.remove(line);
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Line line : this.lines) {
			line.near.close();
			line.far.close();
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "tcp-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	/** A connection of a tab, and the one to the application that belongs to it. */
	public static final class Line {

		private final Socket near;

		private final Socket far;

		private volatile boolean silent;

		/** Whether the application has closed its end. */
		private volatile boolean farClosed;

		Line(Socket near, Socket far) {
			this.near = near;
			this.far = far;
		}

		/** Whether the application believes that the tab is still there. */
		public boolean isHalfOpen() {
			return this.silent && !this.farClosed;
		}

		private void carry(Socket from, Socket to) {
			byte[] buffer = new byte[16 * 1024];
			try {
				InputStream in = from.getInputStream();
				OutputStream out = to.getOutputStream();
				int read = in.read(buffer);
				while (read >= 0) {
					if (!this.silent) {
						out.write(buffer, 0, read);
					}
					read = in.read(buffer);
				}
			}
			catch (IOException ex) {
				// Closed, by somebody.
			}
			if (from == this.far) {
				this.farClosed = true;
			}
			if (!this.silent) {
				closeQuietly(to);
			}
		}

		private static void closeQuietly(Socket socket) {
			try {
				socket.close();
			}
			catch (IOException ex) {
				// It is closed.
			}
		}

	}

}
