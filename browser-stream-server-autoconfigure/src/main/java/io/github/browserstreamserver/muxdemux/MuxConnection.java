/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.Peer;
import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.stream.StreamRequest;
import io.github.browserstreamserver.transport.BatchWriter;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Trampoline;
import io.github.browserstreamserver.transport.Transport;
import io.github.browserstreamserver.transport.TransportEnd;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection with a client of the original. One lock guards it and its streams; nothing
 * of another connection is called with it.
 */
final class MuxConnection implements Connection, Peer {

	private static final Logger logger = LoggerFactory.getLogger(MuxConnection.class);

	private static final int WRITE_FAILED = 1011;

	/** The WebSocket close code of an application that stops: come again. */
	private static final int SERVICE_RESTART = 1012;

	/** So many keepalives a connection stays unread for the sake of a slow reader. */
	private static final int PATIENCE = 3;

	/**
	 * So many looks a stream that ended for a shutdown waits for its connection to close.
	 */
	private static final int SHUTDOWN_LOOKS = 3;

	private static final Runnable NOTHING = () -> {
	};

	private final MuxDemuxDialect dialect;

	private final Transport transport;

	private final String description;

	private final ReentrantLock lock = new ReentrantLock();

	private final BatchWriter writer;

	private final ReadGate gate;

	private final IncomingLines incoming = new IncomingLines(this);

	@GuardedBy("lock")
	private final LineSplitter splitter;

	@GuardedBy("lock")
	private final SignsOfLife signs;

	@GuardedBy("lock")
	private boolean reading;

	@GuardedBy("lock")
	private long linesSeen;

	/** When the line began that has not ended. */
	@GuardedBy("lock")
	private long lineSince;

	// guarded by the lock, as the accessors below assert: the streams of the connection
	// use them too, which an annotation cannot express

	private final LineOutbox outbox;

	/** By the peer's id. */
	private final Map<String, MuxStream> streams = new HashMap<>();

	private final Invitations invitations = new Invitations();

	private final TransportEnd end = new TransportEnd();

	private volatile boolean draining;

	MuxConnection(MuxDemuxDialect dialect, Transport transport, String description) {
		this.dialect = dialect;
		this.outbox = new LineOutbox(dialect.budget(), dialect.buffers());
		this.transport = transport;
		this.description = description;
		this.splitter = new LineSplitter(dialect.budget(), dialect.limits().maxMessage());
		this.gate = new ReadGate(transport, dialect.newRate());
		this.signs = new SignsOfLife(dialect.limits().keepalive(), dialect.limits().livenessTimeout(),
				transport.asksForAnswers(), dialect.now());
		this.writer = new BatchWriter(this.lock, transport, dialect.buffers(), this.outbox,
				() -> terminate(WRITE_FAILED, "a write failed"));
	}

	// --- called by the transport

	@Override
	public void received(ByteBuffer part, boolean last) {
		LineSplitter lines;
		this.lock.lock();
		try {
			if (this.end.isBegun()) {
				return;
			}
			this.reading = true;
			lines = this.splitter;
			this.signs.received(this.dialect.now());
		}
		finally {
			this.lock.unlock();
		}
		int size = part.remaining();
		Trampoline.enter(() -> read(lines, part));
		if (this.gate.isOverrun(size, this.dialect.now())) {
			fail(ErrorCode.LIMIT, "more than " + this.dialect.limits().bytesPerSecond()
					+ " bytes a second (connections.max-bytes-per-second)");
		}
	}

	private void read(LineSplitter lines, ByteBuffer part) {
		try {
			lines.receive(part, this.incoming);
		}
		catch (MuxDemuxException ex) {
			fail(ex.code(), ex.reason());
		}
		catch (RuntimeException | Error ex) {
			logger.error("Closing the connection of {} because of a fault in browser-stream-server", this.description,
					ex);
			fail(ErrorCode.INTERNAL, "a fault in the relay");
		}
		this.lock.lock();
		try {
			this.reading = false;
			if (lines.lines() != this.linesSeen || !lines.isInsideALine()) {
				this.linesSeen = lines.lines();
				this.lineSince = this.dialect.now();
			}
			if (this.end.isBegun()) {
				this.splitter.close();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void alive() {
		this.lock.lock();
		try {
			this.signs.answered(this.dialect.now());
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void unsupported(int closeCode, String reason) {
		terminate(closeCode, reason);
	}

	@Override
	public void closed(String reason) {
		terminate(0, reason);
		this.writer.abandon();
	}

	/**
	 * {@inheritDoc} The original has no word for it.
	 */
	@Override
	public void drain(Duration spread) {
		this.draining = true;
		goIfQuiet();
	}

	private void goIfQuiet() {
		boolean quiet;
		this.lock.lock();
		try {
			quiet = this.invitations.size() == 0 && this.outbox.isEmpty() && !this.writer.isWriting()
					&& this.streams.values().stream().allMatch(MuxStream::standsForAName);
		}
		finally {
			this.lock.unlock();
		}
		if (quiet) {
			shutdown();
		}
	}

	@Override
	public void shutdown() {
		terminate(SERVICE_RESTART, ErrorCode.SHUTDOWN + ": the application stops");
	}

	@Override
	public void refuse(String reason) {
		fail(ErrorCode.LIMIT, reason);
	}

	@Override
	public void tick() {
		long now = this.dialect.now();
		boolean unread = this.gate.isShut();
		String missing;
		List<MuxStream> overdue;
		List<MuxStream> unsaid;
		List<MuxStream> idle;
		Runnable close;
		this.lock.lock();
		try {
			close = this.end.takeOverdue(now);
			if (unread) {
				// what it may say is not heard
				this.signs.received(now);
			}
			this.signs.wrote(now, this.writer.batches(), this.writer.isWriting());
			missing = this.end.isBegun() ? null : this.signs.missing(now);
			overdue = this.invitations.overdue(now);
			idle = takeIdle(now);
			unsaid = this.streams.values().stream().filter((stream) -> stream.isUnsaidFor(SHUTDOWN_LOOKS)).toList();
			// of a connection that is not read, only a write tells that it is gone
			if (!this.end.isBegun() && (unread || this.signs.isDue(now, this.writer.batches()))) {
				this.outbox.signOfLife();
			}
			if (!this.end.isBegun() && this.signs.isToBeAsked(now)) {
				this.outbox.ask();
			}
		}
		finally {
			this.lock.unlock();
		}
		close.run();
		if (missing != null) {
			fail(ErrorCode.TIMEOUT, missing);
		}
		overdue.forEach((stream) -> stream.fail(ErrorCode.TIMEOUT, "the host did not accept the stream in time"));
		idle.forEach((stream) -> stream.fail(ErrorCode.TIMEOUT,
				"nothing was sent on the stream for too long (stream.idle-timeout)"));
		unsaid.forEach(MuxStream::sayUnsaid);
		this.gate.tick(now);
		if (this.dialect.budget().isShort()) {
			giveMemoryBack(now);
		}
		if (this.draining) {
			goIfQuiet();
		}
		if (unread) {
			endWhatKeepsTheGateShut(now);
		}
		flush();
	}

	private List<MuxStream> takeIdle(long now) {
		Duration timeout = this.dialect.limits().idleTimeout();
		return timeout.isZero() ? List.of()
				: this.streams.values().stream().filter((stream) -> stream.isIdle(now, timeout)).toList();
	}

	/**
	 * Memory is short for all: whoever only takes it up, and does nothing with it, loses
	 * it.
	 */
	private void giveMemoryBack(long now) {
		boolean lineIsStale;
		List<MuxStream> stale;
		long patience = patience();
		this.lock.lock();
		try {
			lineIsStale = !this.reading && this.splitter.isInsideALine() && now - this.lineSince >= patience;
			stale = this.streams.values().stream().filter((stream) -> stream.peer().isStale(now, patience)).toList();
		}
		finally {
			this.lock.unlock();
		}
		if (lineIsStale) {
			fail(ErrorCode.LIMIT, "memory is short, and a line does not end");
		}
		stale.forEach((stream) -> stream.fail(ErrorCode.LIMIT, "memory is short, and the other side takes nothing"));
	}

	private long patience() {
		return this.dialect.limits().keepalive().multipliedBy(PATIENCE).toNanos();
	}

	/**
	 * Reading stops for the sake of a reader, but never so that the reader itself cannot
	 * be heard, and not for ever for one that takes nothing.
	 */
	private void endWhatKeepsTheGateShut(long now) {
		long patience = patience();
		long shutFor = this.gate.shutFor(now);
		for (MuxStream stream : this.gate.reasons()) {
			boolean late = Math.min(shutFor, stream.peer().stuckFor(now)) >= patience;
			if (late || stream.other().waitsFor(this, new HashSet<>())) {
				stream.fail(ErrorCode.LIMIT, "the other side does not take what is written");
			}
		}
	}

	// --- called by the proxy

	@Override
	public OutgoingStream prepare(StreamRequest request) {
		return new MuxStream(this, StreamRole.ACCEPT, request.target(), false);
	}

	@Override
	public PeerIdentity identity() {
		return this.transport.peer();
	}

	/**
	 * Asks the host to open a stream that was prepared for it.
	 * @param stream the stream
	 */
	void invite(MuxStream stream) {
		boolean full = false;
		MuxStream server = null;
		int dropped = 0;
		this.lock.lock();
		try {
			if (stream.hasPeerEnded()) {
				return;
			}
			full = !this.end.isBegun() && (isFull() || !stream.reserve());
			if (!full && !this.end.isBegun()) {
				server = this.invitations.invite(stream, acceptDeadline());
			}
			if (server != null) {
				this.outbox.ready(server);
			}
			else {
				dropped = stream.terminate();
				stream.detach();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (server != null) {
			flush();
			return;
		}
		stream.other().released(dropped);
		if (full) {
			stream.other().reset(ErrorCode.LIMIT, "there is no room for another stream of the host");
		}
		else {
			stream.gone().reset(stream.other());
		}
	}

	// --- the end

	/**
	 * Ends the connection and tells the peer why.
	 * @param code why
	 * @param reason for people
	 */
	void fail(ErrorCode code, String reason) {
		terminate(code.closeCode(), code + ": " + reason);
	}

	private void terminate(int closeCode, String reason) {
		List<Ended> ended = new ArrayList<>();
		Runnable close = (closeCode == 0) ? NOTHING : () -> this.transport.close(closeCode, reason);
		boolean idle;
		// 1. Decide
		this.lock.lock();
		try {
			if (!this.end.begin(close, this.dialect.now())) {
				return;
			}
			this.streams.values().forEach((stream) -> ended.add(Ended.of(stream)));
			this.invitations.takeAll().forEach((stream) -> ended.add(Ended.of(stream)));
			this.streams.clear();
			idle = this.writer.stop(close);
			if (!this.reading) {
				this.splitter.close();
			}
		}
		finally {
			this.lock.unlock();
		}
		// 2. Do it
		logger.debug("The connection of {} ends: {}", this.description, reason);
		if (idle) {
			close.run();
		}
		ended.forEach(Ended::tell);
	}

	/**
	 * A stream whose connection is gone.
	 *
	 * @param stream the stream
	 * @param dropped the cost of what waited for the peer
	 * @param untold whether the other end does not know yet that the stream is over
	 */
	private record Ended(MuxStream stream, int dropped, boolean untold) {

		static Ended of(MuxStream stream) {
			return new Ended(stream, stream.terminate(), stream.detach());
		}

		void tell() {
			this.stream.other().released(this.dropped);
			if (this.untold) {
				this.stream.gone().reset(this.stream.other());
			}
		}

	}

	// --- for its streams and lines

	/**
	 * Sends what waits. Must be called without the lock.
	 */
	void flush() {
		this.writer.flush();
	}

	@Nullable MuxStream find(String id) {
		this.lock.lock();
		try {
			return this.streams.get(id);
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isTerminated() {
		this.lock.lock();
		try {
			return this.end.isBegun();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A stream's peer is read no further while too much of what it wrote is held.
	 * @param stream the stream
	 */
	void shutGate(MuxStream stream) {
		this.gate.shut(stream, this.dialect.now());
	}

	void openGate(MuxStream stream) {
		this.gate.open(stream);
	}

	boolean isGateShut() {
		return this.gate.isShut();
	}

	/**
	 * Tells whether this connection is not read for the sake of a reader who can go on
	 * only after another connection was read.
	 * @param unread the other connection
	 * @param seen those that were looked at already
	 * @return whether it is so
	 */
	boolean waitsFor(Object unread, Set<Object> seen) {
		return this.gate.reasons().stream().anyMatch((stream) -> stream.other().waitsFor(unread, seen));
	}

	MuxDemuxDialect dialect() {
		return this.dialect;
	}

	ReentrantLock lock() {
		return this.lock;
	}

	// with the lock

	boolean isOver() {
		assertLocked();
		return this.end.isBegun();
	}

	boolean isFull() {
		assertLocked();
		return streamCount() >= this.dialect.limits().maxStreams();
	}

	/**
	 * Returns how many streams there are, those included that the peer is yet to open.
	 */
	int streamCount() {
		return this.streams.size() + this.invitations.size();
	}

	void add(String id, MuxStream stream) {
		assertLocked();
		this.streams.put(id, stream);
	}

	LineOutbox outbox() {
		assertLocked();
		return this.outbox;
	}

	Invitations invitations() {
		assertLocked();
		return this.invitations;
	}

	/**
	 * A stream may be one that can be forgotten now.
	 * @param stream the stream
	 */
	void settle(MuxStream stream) {
		assertLocked();
		String id = stream.id();
		if (id != null && stream.isSettled()) {
			this.streams.remove(id, stream);
			this.outbox.forget(stream);
			stream.free();
		}
	}

	private long acceptDeadline() {
		return this.dialect.now() + this.dialect.limits().acceptTimeout().toNanos();
	}

	private void assertLocked() {
		assert this.lock.isHeldByCurrentThread() : "what belongs to the connection needs its lock";
	}

	@Override
	public String toString() {
		return this.description;
	}

}
