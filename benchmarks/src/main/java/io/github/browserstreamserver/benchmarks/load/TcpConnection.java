/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * A socket with bytes that wait to be written. While nothing waits it holds no buffer.
 */
abstract class TcpConnection implements Loop.Watched {

	/** What may wait before there is no room; as much as the browser client lets wait. */
	private static final int ENOUGH = 128 * 1024;

	/** What a write of data may need. */
	private static final int LEAST_ROOM = 80 * 1024;

	protected final Loop loop;

	private final SocketChannel channel;

	private final SelectionKey key;

	private @Nullable ByteBuffer out;

	/** Where the bytes begin that wait; they end at the position of the buffer. */
	private int begin;

	private boolean dirty;

	/** Somebody wanted to write and had no room. */
	private boolean starved;

	private boolean closed;

	private long written;

	TcpConnection(Loop loop, SocketChannel channel, boolean connected) throws IOException {
		this.loop = loop;
		this.channel = channel;
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		this.key = loop.watch(channel, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
	}

	/**
	 * Bytes came in.
	 * @param input which are lost if they are not taken now
	 * @throws IOException if they make no sense
	 */
	protected abstract void received(ByteBuffer input) throws IOException;

	protected abstract void connected();

	/**
	 * What waited has left, for the most part.
	 */
	protected abstract void drained();

	/**
	 * What waits in layers above goes into the buffer now.
	 */
	protected abstract void beforeFlush();

	/**
	 * The socket is closed.
	 * @param cause why; {@code null} if we closed it
	 */
	protected abstract void ended(@Nullable IOException cause);

	/**
	 * Returns whether data may be written. If not, {@link #drained} says when.
	 * @return whether there is room for 64 KiB and their heads
	 */
	protected final boolean hasRoom() {
		boolean room = !this.closed && fits();
		this.starved |= !room;
		return room;
	}

	private boolean fits() {
		ByteBuffer buffer = this.out;
		return buffer == null || buffer.position() - this.begin < ENOUGH
				&& (buffer.capacity() < BufferPool.LARGE || buffer.remaining() >= LEAST_ROOM || this.begin >= ENOUGH);
	}

	/**
	 * Returns the buffer to write into, and sees to it that it is flushed.
	 * @param room how many bytes have to fit
	 * @return the buffer, whose position moves as bytes are written
	 */
	protected final ByteBuffer out(int room) {
		if (!this.dirty) {
			this.dirty = true;
			this.loop.dirty(this);
		}
		ByteBuffer buffer = this.out;
		if (buffer == null) {
			buffer = this.loop.buffers.take(room);
			this.out = buffer;
			this.begin = 0;
		}
		else if (buffer.remaining() < room) {
			buffer = larger(buffer, room);
			this.out = buffer;
		}
		return buffer;
	}

	private ByteBuffer larger(ByteBuffer buffer, int room) {
		ByteBuffer waiting = buffer.flip().position(this.begin);
		int begin = this.begin;
		this.begin = 0;
		moved(begin);
		if (waiting.remaining() + room <= buffer.capacity()) {
			return waiting.compact();
		}
		int size = waiting.remaining() + room;
		ByteBuffer larger = this.loop.buffers.take((size > BufferPool.LARGE) ? 2 * size : size).put(waiting);
		this.loop.buffers.give(buffer);
		return larger;
	}

	/**
	 * What waits was moved within the buffer, or to another.
	 * @param distance by how many bytes towards its beginning
	 */
	protected void moved(int distance) {
	}

	@Override
	public final void flush() throws IOException {
		if (this.closed) {
			return;
		}
		beforeFlush();
		this.dirty = false;
		if (this.channel.isConnected()) {
			write();
			interest(SelectionKey.OP_WRITE, this.out != null || this.starved);
		}
	}

	private void write() throws IOException {
		ByteBuffer buffer = this.out;
		if (buffer == null) {
			return;
		}
		int end = buffer.position();
		buffer.flip().position(this.begin);
		this.written += this.channel.write(buffer);
		this.begin = buffer.position();
		buffer.limit(buffer.capacity()).position(end);
		if (this.begin == end) {
			this.loop.buffers.give(buffer);
			this.out = null;
		}
	}

	@Override
	public final void ready(SelectionKey ready) throws IOException {
		if (ready.isConnectable()) {
			this.channel.finishConnect();
			ready.interestOps(SelectionKey.OP_READ);
			connected();
			return;
		}
		if (ready.isWritable()) {
			this.starved = false;
			flush();
			if (hasRoom()) {
				drained();
			}
		}
		if (!this.closed && ready.isReadable()) {
			read();
		}
	}

	private void read() throws IOException {
		ByteBuffer input = this.loop.input.clear();
		if (this.channel.read(input) < 0) {
			throw new EOFException("the relay closed the connection");
		}
		received(input.flip());
	}

	/**
	 * Says whether bytes are taken from the socket.
	 * @param reading whether they are
	 */
	final void reading(boolean reading) {
		interest(SelectionKey.OP_READ, reading);
	}

	private void interest(int operation, boolean wanted) {
		if (this.key.isValid()) {
			int now = this.key.interestOps();
			int then = wanted ? now | operation : now & ~operation;
			if (now != then) {
				this.key.interestOps(then);
			}
		}
	}

	/**
	 * Returns how much the socket took.
	 * @return bytes, since the beginning
	 */
	final long written() {
		return this.written;
	}

	@Override
	public final void broke(IOException cause) {
		end(cause);
	}

	final void close() {
		end(null);
	}

	private void end(@Nullable IOException cause) {
		if (this.closed) {
			return;
		}
		this.closed = true;
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// it is gone either way
		}
		ByteBuffer buffer = this.out;
		if (buffer != null) {
			this.loop.buffers.give(buffer);
			this.out = null;
		}
		ended(cause);
	}

}
