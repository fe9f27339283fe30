/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.concurrent.locks.ReentrantLock;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;

/**
 * What the peer of a stream does with it, line by line: it writes, within what may be
 * held for whoever is to read that, pauses, ends and closes.
 * <p>
 * State is guarded by the connection's lock. The methods are called without it, and the
 * stream's other end is too.
 */
final class PeerSide {

	private final MuxStream stream;

	private final MuxConnection connection;

	private final ReentrantLock lock;

	private final Held held;

	private boolean wrote;

	/** When a good part of what is held was last taken. */
	private long takenAt;

	private long takenSum;

	/** When something of what is held was last taken, or it began to be held. */
	private long movedAt;

	PeerSide(MuxStream stream, MuxConnection connection) {
		this.stream = stream;
		this.connection = connection;
		this.lock = connection.lock();
		MuxDemuxDialect dialect = connection.dialect();
		this.held = new Held(dialect.budget(), dialect.limits().maxHeld(), dialect.limits().maxMessage());
		this.takenAt = dialect.now();
	}

	/**
	 * The peer wrote a message.
	 * @param kind what it is
	 * @param payload its bytes
	 */
	void writes(MessageKind kind, ByteBuffer payload) {
		int cost = payload.remaining() + Held.MESSAGE_COST;
		String overflow = null;
		this.lock.lock();
		try {
			if (!this.stream.isHeard() || this.stream.role() == StreamRole.LISTEN) {
				return;
			}
			if (this.held.isFull() && (this.held.isOverflowing() || !this.connection.isGateShut())) {
				overflow = "the other side does not take what is written: " + this.held.bytes() + " bytes wait";
			}
			else if (!take(cost)) {
				overflow = "the relay has no memory left for what waits to be read";
			}
			this.wrote = true;
			this.stream.carriedData();
		}
		finally {
			this.lock.unlock();
		}
		if (overflow != null) {
			this.stream.fail(ErrorCode.LIMIT, overflow);
			return;
		}
		this.stream.other().data(kind, true, true, payload, cost);
		shutGateIfFull();
	}

	private boolean take(int cost) {
		if (this.held.bytes() == 0) {
			this.movedAt = this.connection.dialect().now();
		}
		return this.held.take(cost);
	}

	/**
	 * Tells whether something has waited for long without being taken. Must be called
	 * with the lock.
	 * @param now the time in nanoseconds
	 * @param patience how long is long
	 * @return whether it only takes up memory
	 */
	boolean isStale(long now, long patience) {
		return this.held.bytes() > 0 && now - this.movedAt >= patience;
	}

	private void shutGateIfFull() {
		if (isFull() && !this.stream.other().waitsFor(this.connection, new HashSet<>())) {
			this.connection.shutGate(this.stream);
			if (!beginsToWait()) {
				// it was relieved just before the gate was shut
				this.connection.openGate(this.stream);
			}
		}
	}

	private boolean isFull() {
		this.lock.lock();
		try {
			return this.stream.isHeard() && this.held.isFull();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean beginsToWait() {
		this.lock.lock();
		try {
			this.takenAt = this.connection.dialect().now();
			this.takenSum = 0;
			return this.stream.isHeard() && this.held.isFull();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Something that the peer wrote has left.
	 * @param cost what it had cost
	 */
	void taken(int cost) {
		boolean relieved;
		this.lock.lock();
		try {
			this.held.release(cost);
			this.takenSum += cost;
			MuxDemuxDialect dialect = this.connection.dialect();
			this.movedAt = dialect.now();
			if (this.takenSum >= dialect.limits().maxHeld() / 2) {
				// less is none: who takes a little now and then would hold up all
				// streams of the connection for ever
				this.takenSum = 0;
				this.takenAt = dialect.now();
			}
			relieved = this.held.isRelieved();
		}
		finally {
			this.lock.unlock();
		}
		if (relieved) {
			this.connection.openGate(this.stream);
		}
	}

	/**
	 * Tells how long nothing that the peer wrote was taken.
	 * @param now the time in nanoseconds
	 * @return nanoseconds
	 */
	long stuckFor(long now) {
		this.lock.lock();
		try {
			return now - this.takenAt;
		}
		finally {
			this.lock.unlock();
		}
	}

	void pauses(boolean paused) {
		this.lock.lock();
		try {
			this.stream.leaving().pause(paused);
			this.stream.changed();
		}
		finally {
			this.lock.unlock();
		}
		this.connection.flush();
	}

	/**
	 * The peer ended the stream: it writes no more, and reads no more either.
	 */
	void ends() {
		boolean tell;
		boolean unheard;
		int dropped;
		this.lock.lock();
		try {
			if (this.stream.hasPeerEnded()) {
				return;
			}
			unheard = this.stream.role() == StreamRole.CONNECT && !this.stream.isAccepted() && !this.wrote;
			tell = this.stream.peerEnds();
			dropped = this.stream.leaving().clear();
			if (this.stream.role() != StreamRole.LISTEN) {
				this.stream.leaving().finish(true);
			}
			this.stream.changed();
		}
		finally {
			this.lock.unlock();
		}
		this.stream.other().released(dropped);
		if (tell && this.stream.role() == StreamRole.LISTEN) {
			this.stream.other().end();
		}
		else if (tell && unheard) {
			this.stream.other().reset(ErrorCode.CLIENT_GONE, "the client ended before the host took the stream");
		}
		else if (tell) {
			this.stream.other().hangUp();
		}
		this.connection.openGate(this.stream);
		this.connection.flush();
	}

	/**
	 * The peer has forgotten the stream: because both ended it, or without further ado.
	 */
	void closes() {
		boolean tell;
		boolean ended;
		int dropped;
		this.lock.lock();
		try {
			ended = this.stream.hasPeerEnded() || this.stream.leaving().isEnding();
			tell = this.stream.peerEnds();
			dropped = this.stream.leaving().clear();
			this.stream.leaving().finish(false);
			this.stream.changed();
		}
		finally {
			this.lock.unlock();
		}
		this.stream.other().released(dropped);
		if (tell && ended) {
			this.stream.other().hangUp();
		}
		else if (tell) {
			this.stream.other().reset(ErrorCode.CANCELLED, "the other side closed the stream");
		}
		this.connection.openGate(this.stream);
		this.connection.flush();
	}

}
