/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A line between one client and the application, which can fail as lines do. It has a
 * port of its own on the loopback interface, and takes one connection there. How it is to
 * fail may be said before that or later, by any thread; when the method returns, it is
 * so.
 * <p>
 * All of its state belongs to the thread of its {@link Switchboard}.
 */
public final class FaultyLine implements AutoCloseable {

	private static final int BUFFER = 16_384;

	/** Moves at a time, so that a busy line does not keep the others waiting. */
	private static final int MOVES = 8;

	/**
	 * In which direction bytes go.
	 */
	public enum Way {

		/** From the client to the application. */
		UP,

		/** From the application to the client. */
		DOWN

	}

	/**
	 * How a line is cut.
	 */
	public enum Cut {

		/** Both ends see the end of what is sent, as when the other side had closed. */
		FIN,

		/** Both ends are reset. */
		RST

	}

	private final Switchboard board;

	private final ServerSocketChannel door;

	private final int port;

	private final Flow up = new Flow();

	private final Flow down = new Flow();

	private final Runnable turn = this::turn;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private SocketChannel near;

	private SocketChannel far;

	private SelectionKey nearKey;

	private SelectionKey farKey;

	/** Whether it was cut with FIN: what still comes is thrown away. */
	private boolean draining;

	private boolean over;

	FaultyLine(Switchboard board) {
		this.board = board;
		try {
			this.door = ServerSocketChannel.open();
			board.opened(this.door);
			this.door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
			this.port = ((InetSocketAddress) this.door.getLocalAddress()).getPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		board.run(() -> {
			try {
				board.watch(this.door, this::accept).interestOps(SelectionKey.OP_ACCEPT);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	// --- the test's side

	public int port() {
		return this.port;
	}

	/**
	 * Returns where the client has to connect to have this line.
	 * @param direct the application's endpoint
	 * @return the same, on this line's port
	 */
	public URI over(URI direct) {
		return URI.create(direct.toString().replace(":" + direct.getPort(), ":" + this.port));
	}

	/**
	 * Cuts the line behind so many bytes.
	 * @param way in which direction to count
	 * @param bytes how many still pass, from the first of the connection on
	 * @param how how both ends see it
	 * @return this
	 */
	public FaultyLine cutAfter(Way way, long bytes, Cut how) {
		this.board.run(() -> {
			flow(way).cutAt = bytes;
			flow(way).cut = how;
			turn();
		});
		return this;
	}

	/**
	 * Cuts the line now. What was read from one end and not yet written to the other is
	 * lost.
	 * @param how how both ends see it
	 */
	public void cut(Cut how) {
		this.board.run(() -> cutNow(how));
	}

	/**
	 * The client's end is reset, and the application hears nothing of it.
	 */
	public void halfOpen() {
		this.board.run(() -> {
			this.up.stalled = true;
			this.down.stalled = true;
			reset(this.near);
			turn();
		});
	}

	/**
	 * A pulled cable: nothing moves any more, in neither direction, and nobody is told,
	 * not even if an end closes.
	 */
	public void stall() {
		stall(Way.UP);
		stall(Way.DOWN);
	}

	/**
	 * Nothing moves any more in one direction.
	 * @param way which
	 */
	public void stall(Way way) {
		this.board.run(() -> {
			flow(way).stalled = true;
			turn();
		});
	}

	/**
	 * Whatever is read waits so long before it is passed on, 16 KiB at a time.
	 * @param time how long
	 * @return this
	 */
	public FaultyLine delay(Duration time) {
		this.board.run(() -> {
			this.up.delay = time.toNanos();
			this.down.delay = time.toNanos();
		});
		return this;
	}

	/**
	 * From now on each byte is written by itself, in both directions.
	 * @return this
	 */
	public FaultyLine trickle() {
		this.board.run(() -> {
			this.up.trickles = true;
			this.down.trickles = true;
		});
		return this;
	}

	/**
	 * Returns the end of the line.
	 * @return completed when the line was cut with RST, or when the application has
	 * closed its end. Of a line that is stalled on the way down nobody knows that
	 */
	public CompletableFuture<Void> ended() {
		return this.ended;
	}

	/**
	 * Closes both ends in good order, if they are open.
	 */
	@Override
	public void close() {
		this.board.run(this::finish);
	}

	// --- on the switchboard's thread

	private Flow flow(Way way) {
		return (way == Way.UP) ? this.up : this.down;
	}

	private void accept() {
		try {
			this.near = this.door.accept();
			this.board.opened(this.near);
			this.far = SocketChannel.open();
			this.board.opened(this.far);
			this.board.close(this.door);
			// small ones, so that a stalled line holds little
			this.far.setOption(StandardSocketOptions.SO_RCVBUF, 4 * BUFFER);
			this.far.connect(this.board.target());
			this.near.setOption(StandardSocketOptions.TCP_NODELAY, true);
			this.far.setOption(StandardSocketOptions.TCP_NODELAY, true);
			this.nearKey = this.board.watch(this.near, this.turn);
			this.farKey = this.board.watch(this.far, this.turn);
			turn();
		}
		catch (IOException ex) {
			cutNow(Cut.RST);
		}
	}

	private void turn() {
		if (this.far == null || this.over) {
			return;
		}
		try {
			if (!this.draining) {
				this.up.move(this.near, this.far);
			}
			if (!this.draining && !this.over) {
				this.down.move(this.far, this.near);
			}
			if (this.draining) {
				drain();
			}
			watch();
		}
		catch (IOException ex) {
			// one end was reset, so the other is
			cutNow(Cut.RST);
		}
	}

	private void watch() {
		if (this.over) {
			return;
		}
		if (this.draining) {
			this.nearKey.interestOps(this.up.atEnd ? 0 : SelectionKey.OP_READ);
			this.farKey.interestOps(SelectionKey.OP_READ);
			return;
		}
		if (this.nearKey.isValid()) {
			this.nearKey.interestOps(this.up.reads() | this.down.writes());
		}
		this.farKey.interestOps(this.down.reads() | this.up.writes());
		if (this.down.atEnd) {
			this.ended.complete(null);
			if (this.up.atEnd) {
				finish();
			}
		}
	}

	private void drain() {
		ByteBuffer dropped = ByteBuffer.allocate(BUFFER);
		try {
			this.up.atEnd = this.up.atEnd || isAtEnd(this.near, dropped);
		}
		catch (IOException ex) {
			this.up.atEnd = true;
		}
		try {
			if (isAtEnd(this.far, dropped)) {
				finish();
			}
		}
		catch (IOException ex) {
			finish();
		}
	}

	private static boolean isAtEnd(SocketChannel channel, ByteBuffer dropped) throws IOException {
		int read;
		do {
			dropped.clear();
			read = channel.read(dropped);
		}
		while (read > 0);
		return read < 0;
	}

	private void cutNow(Cut how) {
		if (this.over || this.draining) {
			return;
		}
		if (how == Cut.RST || this.far == null) {
			reset(this.near);
			reset(this.far);
			finish();
			return;
		}
		this.draining = true;
		try {
			this.near.shutdownOutput();
			this.far.shutdownOutput();
		}
		catch (IOException ex) {
			finish();
		}
		turn();
	}

	private void reset(SocketChannel channel) {
		if (channel == null) {
			return;
		}
		try {
			channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		catch (IOException ex) {
			// it is closed
		}
		this.board.close(channel);
	}

	private void finish() {
		this.over = true;
		this.board.close(this.door);
		if (this.near != null) {
			this.board.close(this.near);
		}
		if (this.far != null) {
			this.board.close(this.far);
		}
		this.ended.complete(null);
	}

	/**
	 * What goes in one direction.
	 */
	private final class Flow {

		private final ByteBuffer held = ByteBuffer.allocate(BUFFER).limit(0);

		private long passed;

		private long cutAt = Long.MAX_VALUE;

		private Cut cut = Cut.RST;

		private boolean stalled;

		private boolean trickles;

		private long delay;

		private long due;

		/** Whether nothing more comes, and all of it has been passed on. */
		private boolean atEnd;

		private void move(SocketChannel from, SocketChannel to) throws IOException {
			int moves = 0;
			while (this.passed < this.cutAt && moves++ < MOVES && !this.stalled && !this.atEnd) {
				if (!this.held.hasRemaining() && !fill(from, to)) {
					return;
				}
				if (isEarly()) {
					return;
				}
				int written = write(to);
				if (written == 0) {
					return;
				}
				this.passed += written;
				if (this.trickles) {
					FaultyLine.this.board.again(FaultyLine.this.turn);
					break;
				}
			}
			if (this.passed >= this.cutAt) {
				cutNow(this.cut);
			}
		}

		private boolean fill(SocketChannel from, SocketChannel to) throws IOException {
			this.held.clear();
			int read = from.read(this.held);
			this.held.flip();
			if (read < 0) {
				this.atEnd = true;
				to.shutdownOutput();
			}
			if (read > 0 && this.delay > 0) {
				this.due = System.nanoTime() + this.delay;
				FaultyLine.this.board.at(this.due, FaultyLine.this.turn);
			}
			return read > 0;
		}

		private boolean isEarly() {
			return this.delay > 0 && System.nanoTime() < this.due;
		}

		private int write(SocketChannel to) throws IOException {
			int limit = this.held.limit();
			long most = Math.min(this.trickles ? 1 : BUFFER, this.cutAt - this.passed);
			this.held.limit((int) Math.min(limit, this.held.position() + most));
			int written = to.write(this.held);
			this.held.limit(limit);
			return written;
		}

		private int reads() {
			return (!this.stalled && !this.atEnd && !this.held.hasRemaining()) ? SelectionKey.OP_READ : 0;
		}

		private int writes() {
			boolean wanted = !this.stalled && this.held.hasRemaining() && !isEarly();
			return wanted ? SelectionKey.OP_WRITE : 0;
		}

	}

}
