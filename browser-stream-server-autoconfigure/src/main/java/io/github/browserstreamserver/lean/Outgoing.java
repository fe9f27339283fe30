/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on one socket: messages, and between them pings, pongs and the close
 * frame, behind which nothing follows.
 * <p>
 * Whoever has something to send while nobody sends becomes the one who does, and goes on
 * until nothing waits; others only leave their things. So the lock is never held over
 * I/O. When the network takes no more, the event loop goes on later.
 */
final class Outgoing {

	/**
	 * Who is told how it goes, without the lock.
	 */
	interface Listener {

		/**
		 * The network takes no more: {@link #send()} is to be called when it does again.
		 */
		void blocked();

		/**
		 * The close frame has left.
		 */
		void closeSent();

		/**
		 * The line broke.
		 * @param failure how
		 */
		void broken(IOException failure);

	}

	/** A message of which less is left than this does not keep its large buffer. */
	private static final int WORTH_KEEPING = 65_536;

	private final ReentrantLock lock = new ReentrantLock();

	private final LeanSocket socket;

	private final Listener listener;

	@GuardedBy("lock")
	private boolean sending;

	/** Whether some thread is writing at this moment, and so needs the buffer. */
	@GuardedBy("lock")
	private boolean writing;

	@GuardedBy("lock")
	private boolean blocked;

	@GuardedBy("lock")
	private boolean over;

	/** The frame that is being sent: a message's, a ping, a pong, or the close frame. */
	@GuardedBy("lock")
	private @Nullable ByteBuffer current;

	@GuardedBy("lock")
	private @Nullable ByteBuffer message;

	@GuardedBy("lock")
	private Transport.@Nullable Completion completion;

	/** Whether what is left of the message lies in a buffer of its own. */
	@GuardedBy("lock")
	private boolean moved;

	@GuardedBy("lock")
	private byte @Nullable [] pong;

	/** Whether a ping waits. */
	@GuardedBy("lock")
	private boolean pinging;

	/** What the last ping has. */
	@GuardedBy("lock")
	private long asked;

	@GuardedBy("lock")
	private @Nullable ByteBuffer close;

	@GuardedBy("lock")
	private boolean closing;

	Outgoing(LeanSocket socket, Listener listener) {
		this.socket = socket;
		this.listener = listener;
	}

	/**
	 * Leaves a message.
	 * @param frame the whole frame
	 * @param whenSent told how it went
	 * @return whether the caller is the one to {@link #send()} now
	 */
	boolean add(ByteBuffer frame, Transport.Completion whenSent) {
		this.lock.lock();
		try {
			if (!this.over && !this.closing) {
				this.message = frame;
				this.completion = whenSent;
				this.moved = false;
				return begin();
			}
		}
		finally {
			this.lock.unlock();
		}
		whenSent.completed(false);
		return false;
	}

	/**
	 * Leaves a pong. Of several that wait only the last is sent, as RFC 6455 allows
	 * (5.5.3), so that a peer that pings and does not read costs no more.
	 * @param payload its payload
	 * @return as {@link #add}
	 */
	boolean pong(byte[] payload) {
		this.lock.lock();
		try {
			if (this.over || this.closing) {
				return false;
			}
			this.pong = payload;
			return begin();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Leaves a ping. Of several that wait only one is sent.
	 * @return as {@link #add}
	 */
	boolean ping() {
		this.lock.lock();
		try {
			if (this.over || this.closing) {
				return false;
			}
			this.pinging = true;
			this.asked = ThreadLocalRandom.current().nextLong();
			return begin();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Tells whether a pong answers the last ping, and is not a mere assertion.
	 * @param payload the pong's payload
	 * @return whether it does
	 */
	boolean isAnswered(byte[] payload) {
		this.lock.lock();
		try {
			return payload.length == Long.BYTES && ByteBuffer.wrap(payload).getLong() == this.asked && !this.pinging;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Leaves the close frame. Only the first counts.
	 * @param frame the whole frame
	 * @return as {@link #add}
	 */
	boolean close(ByteBuffer frame) {
		this.lock.lock();
		try {
			if (this.over || this.closing) {
				return false;
			}
			this.closing = true;
			this.close = frame;
			return begin();
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private boolean begin() {
		boolean mine = !this.sending;
		this.sending = true;
		return mine;
	}

	/**
	 * Tells whether the network has not taken yet what it was given.
	 * @return whether a close frame would have to wait for the peer
	 */
	boolean isBlocked() {
		this.lock.lock();
		try {
			return this.blocked;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Sends what waits. Called by whoever was told to, and by the event loop behind
	 * {@link Listener#blocked()}.
	 */
	void send() {
		for (ByteBuffer frame = next(); frame != null; frame = next()) {
			boolean whole;
			try {
				whole = this.socket.write(frame);
			}
			catch (IOException ex) {
				settle();
				this.listener.broken(ex);
				return;
			}
			catch (RuntimeException | Error ex) {
				// above all no memory: it must not look as if this still were sent
				settle();
				this.listener.broken(new IOException("a fault while writing", ex));
				return;
			}
			if (!whole) {
				if (stay(frame)) {
					this.listener.blocked();
				}
				return;
			}
			sent();
		}
	}

	private @Nullable ByteBuffer next() {
		Transport.Completion failed;
		this.lock.lock();
		try {
			this.blocked = false;
			if (!this.over) {
				if (this.current == null) {
					this.current = choose();
					this.sending = this.current != null;
				}
				this.writing = this.sending;
				return this.current;
			}
			// the end may have come while another frame was written before the message
			failed = drop();
		}
		finally {
			this.lock.unlock();
		}
		if (failed != null) {
			failed.completed(false);
		}
		return null;
	}

	@GuardedBy("lock")
	private @Nullable ByteBuffer choose() {
		if (this.pong != null) {
			ByteBuffer frame = WebSocketHead.pong(this.pong);
			this.pong = null;
			return frame;
		}
		if (this.pinging) {
			this.pinging = false;
			return WebSocketHead.ping(this.asked);
		}
		return (this.message != null) ? this.message : this.close;
	}

	/**
	 * The network takes no more now.
	 * @return whether to go on later
	 */
	private boolean stay(ByteBuffer frame) {
		Transport.Completion free = moveAside(frame);
		if (free != null) {
			// before anybody else may go on with what is left, and then begin the next
			free.bufferFree();
		}
		return settle();
	}

	/**
	 * This thread writes no more. If the end has come meanwhile, what waits is told so.
	 * @return whether something is to be sent later
	 */
	private boolean settle() {
		Transport.Completion failed = null;
		boolean goesOn;
		this.lock.lock();
		try {
			this.writing = false;
			goesOn = !this.over;
			this.blocked = goesOn;
			if (!goesOn) {
				failed = drop();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (failed != null) {
			failed.completed(false);
		}
		return goesOn;
	}

	/**
	 * Moves what is left of a message to where it needs no more room than it has, so that
	 * a peer which does not read holds no large buffer for a few bytes.
	 * @return whose buffer is free
	 */
	private Transport.@Nullable Completion moveAside(ByteBuffer frame) {
		this.lock.lock();
		try {
			if (this.over || frame != this.message || this.moved || frame.remaining() >= WORTH_KEEPING) {
				return null;
			}
			ByteBuffer rest = ByteBuffer.allocate(frame.remaining()).put(frame).flip();
			this.moved = true;
			this.message = rest;
			this.current = rest;
			return this.completion;
		}
		catch (OutOfMemoryError ex) {
			// then it stays where it is
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void sent() {
		Transport.Completion done = null;
		boolean closed = false;
		this.lock.lock();
		try {
			this.writing = false;
			if (this.current == this.message) {
				done = this.completion;
				this.message = null;
				this.completion = null;
			}
			else if (this.current == this.close) {
				closed = true;
				this.close = null;
			}
			this.current = null;
		}
		finally {
			this.lock.unlock();
		}
		if (done != null) {
			done.completed(true);
		}
		if (closed) {
			this.listener.closeSent();
		}
	}

	/**
	 * Nothing more is sent, and what waits is told so: now, or when the thread that is
	 * writing it comes back, as until then the buffer is not free.
	 */
	void end() {
		Transport.Completion failed;
		this.lock.lock();
		try {
			this.over = true;
			failed = this.writing ? null : drop();
		}
		finally {
			this.lock.unlock();
		}
		if (failed != null) {
			failed.completed(false);
		}
	}

	@GuardedBy("lock")
	private Transport.@Nullable Completion drop() {
		Transport.Completion failed = this.completion;
		this.completion = null;
		this.message = null;
		this.current = null;
		this.close = null;
		this.pong = null;
		this.pinging = false;
		return failed;
	}

}
