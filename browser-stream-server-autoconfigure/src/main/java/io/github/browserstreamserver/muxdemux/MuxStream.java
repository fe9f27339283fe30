/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Gone;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.transport.BatchSource;
import org.jspecify.annotations.Nullable;

/**
 * A stream of a connection that speaks mux-demux. The peer opens all of them: one that is
 * for a client of its server has no id until the peer has opened it, and what is to be
 * sent waits till then.
 * <p>
 * mux-demux has no half-close: whoever has ended a stream reads no more of it either.
 * <p>
 * All state is guarded by the connection's lock. No method calls {@link #other()} with
 * it.
 */
final class MuxStream implements OutgoingStream, BatchSource.Sender {

	/** What a stream takes of the heap that has nothing to send, about. */
	static final int STREAM_COST = 2_048;

	private final MuxConnection connection;

	private final ReentrantLock lock;

	private final StreamRole role;

	private final String name;

	private final LeavingLines leaving;

	private final PeerSide peer;

	/** The peer's id for it, or {@code null} until the peer has opened it. */
	private @Nullable String id;

	/** The UNIQUE_ID by which the peer is asked to open it. */
	private @Nullable String invitation;

	private long deadline;

	/** Whether the peer waits for the open message. */
	private boolean opens;

	private boolean accepted;

	/** Whether the peer has ended it, or never may use it again. */
	private boolean peerEnded;

	/**
	 * Why it ended, if nothing was said of that because its connection is to be closed.
	 */
	private @Nullable String unsaid;

	private int looksAtUnsaid;

	/** Whether data went through since somebody looked. */
	private boolean active;

	private long idleSince;

	/** Whether the other end is to hear no more of it. */
	private boolean detached;

	private boolean reserved;

	private volatile StreamEnd other = StreamEnd.NOWHERE;

	MuxStream(MuxConnection connection, StreamRole role, String name, boolean opens) {
		this.connection = connection;
		this.lock = connection.lock();
		this.role = role;
		this.name = name;
		this.opens = opens;
		MuxDemuxDialect dialect = connection.dialect();
		this.leaving = new LeavingLines(dialect.budget(), dialect.limits().maxMessage());
		this.peer = new PeerSide(this, connection);
		this.idleSince = dialect.now();
	}

	// --- called by the other end, without the lock

	@Override
	public void join(StreamEnd other) {
		this.other = other;
		boolean gone;
		this.lock.lock();
		try {
			gone = this.connection.isOver();
			this.detached |= gone;
		}
		finally {
			this.lock.unlock();
		}
		if (gone) {
			// the connection went while the proxy decided, when nobody could be told yet
			gone().reset(other);
		}
	}

	@Override
	public void start() {
		this.connection.invite(this);
	}

	@Override
	public void accept() {
		this.lock.lock();
		try {
			this.accepted = true;
			if (this.opens && !this.peerEnded && !this.leaving.isEnding()) {
				this.opens = false;
				this.leaving.open();
				this.connection.outbox().ready(this);
			}
		}
		finally {
			this.lock.unlock();
		}
		this.connection.flush();
	}

	@Override
	public void data(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
		int release = cost;
		ErrorCode code = null;
		String reason = "";
		this.lock.lock();
		try {
			if (this.peerEnded) {
				code = ErrorCode.CANCELLED;
				reason = "the other side has ended the stream and reads no more";
			}
			else if (this.leaving.isEnding()) {
				code = ErrorCode.HOST_GONE;
				reason = "the stream was ended in this very moment";
			}
			else {
				this.active = true;
				release = this.leaving.add(kind, first, last, payload, cost);
				this.connection.outbox().ready(this);
			}
		}
		catch (MuxDemuxException ex) {
			code = ex.code();
			reason = ex.reason();
		}
		finally {
			this.lock.unlock();
		}
		this.other.released(release);
		if (code != null) {
			this.other.reset(code, reason);
			reset(code, reason);
		}
		this.connection.flush();
	}

	@Override
	public void end() {
		this.lock.lock();
		try {
			this.leaving.finish(this.role != StreamRole.LISTEN);
			this.connection.outbox().ready(this);
		}
		finally {
			this.lock.unlock();
		}
		this.connection.flush();
	}

	@Override
	public void hangUp() {
		boolean answer;
		int dropped = 0;
		this.lock.lock();
		try {
			answer = !this.detached;
			this.detached = true;
			this.leaving.finish(true);
			// whoever ended before the host was even asked will not be started any more
			if (this.id == null && (this.leaving.isEmpty() || this.invitation == null)) {
				this.connection.invitations().withdraw(this);
				endUnopened();
				dropped = this.leaving.clear();
			}
			changed();
		}
		finally {
			this.lock.unlock();
		}
		this.other.released(dropped);
		if (answer) {
			this.other.hangUp();
		}
		this.connection.openGate(this);
		this.connection.flush();
	}

	@Override
	public void reset(ErrorCode code, String reason) {
		int dropped = 0;
		this.lock.lock();
		try {
			this.detached = true;
			this.connection.invitations().serveNoMore(this);
			if (this.id == null) {
				this.connection.invitations().withdraw(this);
				endUnopened();
				dropped = this.leaving.clear();
			}
			else if (isGraceful(code)) {
				this.leaving.finish(true);
			}
			else if (code == ErrorCode.SHUTDOWN) {
				// without a word as yet: its connection will be closed, and a host that
				// was told of an end would not come back
				this.unsaid = reason;
			}
			else {
				dropped = this.leaving.fail(Lines.error(this.role, this.name, code, reason));
			}
			changed();
		}
		finally {
			this.lock.unlock();
		}
		this.other.released(dropped);
		this.connection.openGate(this);
		this.connection.flush();
	}

	private void endUnopened() {
		this.peerEnded = true;
		free();
	}

	/**
	 * Whether the original's proxy would have said nothing but that the stream ends.
	 */
	private static boolean isGraceful(ErrorCode code) {
		return code == ErrorCode.HOST_GONE || code == ErrorCode.CLIENT_GONE || code == ErrorCode.CANCELLED;
	}

	@Override
	public void released(int cost) {
		if (cost != 0) {
			this.peer.taken(cost);
		}
	}

	@Override
	public boolean waitsFor(Object unread, Set<Object> seen) {
		this.lock.lock();
		try {
			if (!this.leaving.isPaused() && this.id != null) {
				return false;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (this.connection == unread) {
			return true;
		}
		return seen.add(this.connection) && this.connection.waitsFor(unread, seen);
	}

	// --- called by the connection, without the lock

	/**
	 * Ends the stream on both sides with an error.
	 * @param code why
	 * @param reason for people
	 */
	void fail(ErrorCode code, String reason) {
		reset(code, reason);
		this.other.reset(code, reason);
	}

	/**
	 * The peer wrote. Must be called with the lock, as {@link #isIdle}.
	 */
	void carriedData() {
		this.active = true;
	}

	/**
	 * Looks whether data went through since the last time.
	 * @param now the time in nanoseconds
	 * @param timeout how long a stream may carry none
	 * @return whether it has not for so long
	 */
	boolean isIdle(long now, Duration timeout) {
		if (this.active) {
			this.active = false;
			this.idleSince = now;
		}
		return this.role != StreamRole.LISTEN && now - this.idleSince >= timeout.toNanos();
	}

	/**
	 * The connection was not closed after all, so the peer is told why the stream ended.
	 */
	void sayUnsaid() {
		int dropped;
		this.lock.lock();
		try {
			dropped = this.leaving
				.fail(Lines.error(this.role, this.name, ErrorCode.SHUTDOWN, String.valueOf(this.unsaid)));
			changed();
		}
		finally {
			this.lock.unlock();
		}
		this.other.released(dropped);
		this.connection.flush();
	}

	// --- called by the connection, with the lock

	/**
	 * The peer is asked to open it.
	 * @param uniqueId by which it will do so
	 * @param acceptDeadline until when
	 */
	void invited(String uniqueId, long acceptDeadline) {
		this.invitation = uniqueId;
		this.deadline = acceptDeadline;
	}

	/**
	 * The peer has opened it.
	 * @param newId the peer's id
	 * @param waitsForOpen whether the peer waits for the open message
	 */
	void bind(String newId, boolean waitsForOpen) {
		this.id = newId;
		this.accepted = true;
		if (waitsForOpen) {
			this.leaving.open();
		}
	}

	/**
	 * Begins with an id, for a stream that the peer opened by itself.
	 * @param newId the peer's id
	 */
	void begin(String newId) {
		this.id = newId;
	}

	/**
	 * Reserves what the stream itself takes. It is given back with {@link #free()}, or
	 * when the connection goes.
	 * @return whether the budget had so much left
	 */
	boolean reserve() {
		this.reserved = this.connection.dialect().budget().tryOpen(STREAM_COST);
		return this.reserved;
	}

	void free() {
		if (this.reserved) {
			this.reserved = false;
			this.connection.dialect().budget().release(STREAM_COST);
		}
	}

	/**
	 * The connection is gone.
	 * @return the cost of what was waiting, to be released to the other end
	 */
	int terminate() {
		this.peerEnded = true;
		free();
		return this.leaving.terminate();
	}

	/**
	 * Tells whether it ended without a word so many looks ago.
	 * @param looks how many; each call is one
	 * @return whether it is time to say why
	 */
	boolean isUnsaidFor(int looks) {
		return this.unsaid != null && ++this.looksAtUnsaid == looks;
	}

	/**
	 * The peer has ended it.
	 * @return whether the other end is to be told
	 */
	boolean peerEnds() {
		this.peerEnded = true;
		this.connection.invitations().serveNoMore(this);
		return detach();
	}

	/**
	 * There may be something to send, or nothing more to do.
	 */
	void changed() {
		this.connection.outbox().ready(this);
		this.connection.settle(this);
	}

	/**
	 * Tells whether the other end is to hear that the connection is gone, once.
	 * @return whether it still listens
	 */
	boolean detach() {
		boolean tell = !this.detached;
		this.detached = true;
		return tell;
	}

	boolean canSend() {
		return this.id != null && this.leaving.canSend();
	}

	byte @Nullable [] nextLine() {
		byte[] line = (this.id != null) ? this.leaving.next(this.id) : null;
		this.connection.settle(this);
		return line;
	}

	void lineSent() {
		this.leaving.lineSent();
	}

	@Override
	public int takeSentCost() {
		return this.leaving.takeSentCost();
	}

	LeavingLines leaving() {
		return this.leaving;
	}

	/**
	 * Tells whether neither side has anything more to do with it.
	 * @return whether it can be forgotten
	 */
	boolean isSettled() {
		return this.leaving.isClosed() && this.detached;
	}

	boolean hasPeerEnded() {
		return this.peerEnded;
	}

	/**
	 * Tells whether somebody listens to what the peer writes.
	 */
	boolean isHeard() {
		return !this.peerEnded && !this.detached;
	}

	boolean isAccepted() {
		return this.accepted;
	}

	long deadline() {
		return this.deadline;
	}

	@Nullable String id() {
		return this.id;
	}

	@Nullable String invitation() {
		return this.invitation;
	}

	// --- never change

	PeerSide peer() {
		return this.peer;
	}

	@Override
	public StreamEnd other() {
		return this.other;
	}

	StreamRole role() {
		return this.role;
	}

	boolean standsForAName() {
		return this.role == StreamRole.LISTEN;
	}

	String name() {
		return this.name;
	}

	/**
	 * Returns whose connection it is that is gone when this one's is.
	 * @return what the other end is to be told
	 */
	Gone gone() {
		boolean isHost = this.role == StreamRole.LISTEN || this.role == StreamRole.ACCEPT;
		return isHost ? Gone.HOST : Gone.CLIENT;
	}

}
