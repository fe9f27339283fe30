/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Transport;
import io.github.browserstreamserver.websocket.StreamConnections;
import org.jspecify.annotations.Nullable;

/**
 * A session that is carried by HTTP requests, as a transport. What is written waits for a
 * request that takes it. A session is over when its client leaves it without one for five
 * seconds or breaks one off; for five more it remembers how to say so.
 * <p>
 * Safe for use by several threads; the lock is never held while anything else is called.
 */
final class XhrSession implements Transport {

	private final ReentrantLock lock = new ReentrantLock();

	private final XhrOwner owner;

	private final PeerIdentity peer;

	private final StreamConnections connections;

	private final XhrReading reading;

	private final XhrTimes times;

	private volatile @Nullable Connection connection;

	/** The request that takes frames now. */
	@GuardedBy("lock")
	private @Nullable XhrResponse current;

	@GuardedBy("lock")
	private @Nullable Write pending;

	@GuardedBy("lock")
	private @Nullable Write inFlight;

	@GuardedBy("lock")
	private boolean opened;

	@GuardedBy("lock")
	private @Nullable String closeFrame;

	@GuardedBy("lock")
	private boolean over;

	@GuardedBy("lock")
	private long beaten;

	@GuardedBy("lock")
	private boolean beatDue;

	/** When the last request went, or the session was closed. */
	@GuardedBy("lock")
	private long since;

	XhrSession(XhrOwner owner, PeerIdentity peer, StreamConnections connections, XhrTimes times) {
		this.owner = owner;
		this.peer = peer;
		this.connections = connections;
		this.times = times;
		this.reading = new XhrReading(connections.helper());
		this.beaten = connections.now();
		this.since = this.beaten;
	}

	void connected(Connection connection) {
		this.connection = connection;
		this.connections.add(connection);
		boolean tooLate;
		this.lock.lock();
		try {
			tooLate = this.over;
		}
		finally {
			this.lock.unlock();
		}
		if (tooLate) {
			this.connections.remove(connection);
			connection.closed("the session was over at once");
		}
	}

	/**
	 * Returns what takes messages.
	 * @return a connection, or {@code null} if none are taken
	 */
	@Nullable Connection receiver() {
		this.lock.lock();
		try {
			return (this.closeFrame == null) ? this.connection : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isOf(XhrOwner other) {
		return this.owner.equals(other);
	}

	XhrReading reading() {
		return this.reading;
	}

	// --- the dialect's side

	@Override
	public PeerIdentity peer() {
		return this.peer;
	}

	/**
	 * Returns where the session came from.
	 * @return an address, whoever the user is
	 */
	String address() {
		InetSocketAddress address = this.peer.remoteAddress();
		return (address != null) ? address.getHostString() : "";
	}

	@Override
	public void write(ByteBuffer message, Completion completion) {
		Write write = new Write(Frames.message(message), completion);
		completion.bufferFree();
		XhrResponse response;
		boolean refused;
		this.lock.lock();
		try {
			refused = this.over || this.closeFrame != null;
			if (!refused) {
				this.pending = write;
			}
			response = this.current;
		}
		finally {
			this.lock.unlock();
		}
		if (refused) {
			completion.completed(false);
		}
		else if (response != null) {
			response.signal();
		}
	}

	@Override
	public void close(int code, String reason) {
		XhrResponse response;
		this.lock.lock();
		try {
			if (this.over || this.closeFrame != null) {
				return;
			}
			this.closeFrame = Frames.close(code, reason);
			this.since = this.connections.now();
			response = this.current;
		}
		finally {
			this.lock.unlock();
		}
		if (response != null) {
			response.signal();
		}
		else {
			// not from here, where the dialect is at work
			this.connections.closer().execute(() -> end("closed with " + code));
		}
	}

	@Override
	public boolean suspend() {
		return this.reading.suspend();
	}

	@Override
	public void resume() {
		this.reading.resume();
	}

	// --- the requests' side

	/**
	 * A request offers to take frames.
	 * @return what to answer instead, if the session has no use for it
	 */
	@Nullable String attach(XhrResponse response) {
		this.lock.lock();
		try {
			if (this.closeFrame != null) {
				return this.closeFrame;
			}
			if (this.current != null) {
				return Frames.ANOTHER_CONNECTION;
			}
			this.current = response;
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns what a request is to send next.
	 * @return a frame, or {@code null} if there is none yet
	 */
	@Nullable String next(XhrResponse response) {
		this.lock.lock();
		try {
			if (this.current != response) {
				return null;
			}
			if (!this.opened) {
				this.opened = true;
				return Frames.OPEN;
			}
			Write write = this.pending;
			if (write != null) {
				this.pending = null;
				this.inFlight = write;
				return write.frame();
			}
			if (this.closeFrame == null && this.beatDue && response.isStreaming()) {
				this.beatDue = false;
				return Frames.HEARTBEAT;
			}
			return this.closeFrame;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Time went by: a streaming request that has nothing to send gets a heartbeat, since
	 * containers notice only at a write that its client is gone.
	 * @param now the time
	 */
	void beat(long now) {
		XhrResponse response;
		this.lock.lock();
		try {
			response = this.current;
			if (response == null || !response.isStreaming() || !this.opened || this.pending != null
					|| this.inFlight != null || now - this.beaten < this.times.beat().toNanos()) {
				return;
			}
			this.beaten = now;
			this.beatDue = true;
		}
		finally {
			this.lock.unlock();
		}
		response.signal();
	}

	/**
	 * Tells whether nothing follows a frame.
	 */
	boolean isLast(String frame) {
		this.lock.lock();
		try {
			return frame.equals(this.closeFrame);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A request takes no more.
	 */
	void detach(XhrResponse response) {
		this.lock.lock();
		try {
			if (this.current == response) {
				this.current = null;
				this.since = this.connections.now();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What {@link #next} returned has left.
	 */
	void sent(String frame) {
		Write write = null;
		boolean closed;
		this.lock.lock();
		try {
			closed = frame.equals(this.closeFrame);
			if (this.inFlight != null && this.inFlight.frame().equals(frame)) {
				write = this.inFlight;
				this.inFlight = null;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (write != null) {
			write.completion().completed(true);
		}
		if (closed) {
			end("closed");
		}
	}

	/**
	 * A request broke, and what it had to send may be lost.
	 */
	void broken(XhrResponse response, String reason) {
		detach(response);
		end(reason);
	}

	// --- the end

	/**
	 * Looks whether the client has let its time pass.
	 * @param now the time
	 * @return whether nothing of the session needs to be remembered
	 */
	boolean isForgotten(long now) {
		boolean late;
		boolean wasOver;
		this.lock.lock();
		try {
			late = now - this.since > this.times.patience().toNanos()
					&& (this.current == null || this.closeFrame != null);
			wasOver = this.over;
		}
		finally {
			this.lock.unlock();
		}
		if (late && !wasOver) {
			end("no request came to take what there is");
		}
		return late && wasOver;
	}

	private void end(String reason) {
		Write waiting;
		Write lost;
		XhrResponse response;
		this.lock.lock();
		try {
			if (this.over) {
				return;
			}
			this.over = true;
			this.since = this.connections.now();
			this.closeFrame = (this.closeFrame != null) ? this.closeFrame : Frames.INTERRUPTED;
			waiting = this.pending;
			lost = this.inFlight;
			response = this.current;
			this.pending = null;
			this.inFlight = null;
			this.current = null;
		}
		finally {
			this.lock.unlock();
		}
		this.reading.finish();
		if (response != null) {
			response.fail(reason);
		}
		fail(waiting);
		fail(lost);
		Connection connection = this.connection;
		if (connection != null) {
			this.connections.remove(connection);
			connection.closed(reason);
		}
	}

	private static void fail(@Nullable Write write) {
		if (write != null) {
			write.completion().completed(false);
		}
	}

	@Override
	public String toString() {
		return this.owner.toString();
	}

	/**
	 * What the dialect wants to have sent.
	 *
	 * @param frame the frame
	 * @param completion who waits for it
	 */
	private record Write(String frame, Completion completion) {
	}

}
