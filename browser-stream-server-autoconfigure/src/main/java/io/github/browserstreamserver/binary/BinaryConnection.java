/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.github.browserstreamserver.stream.ByteRate;
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
 * One peer that speaks the binary dialect: owns its streams, what waits to be sent to
 * them, and its end.
 * <p>
 * One lock guards all state of the connection and of its streams. It is held for moments,
 * never while anything outside of the connection is called: not the transport, not the
 * proxy, not another stream's end. So no thread ever holds the locks of two connections,
 * and none waits for a peer. What a peer sends is worked off by the transport's reading
 * thread in order, frame by frame: {@link IncomingFrames} decides under the lock, then
 * calls out without it.
 */
final class BinaryConnection implements Connection, Peer {

	private static final Logger logger = LoggerFactory.getLogger(BinaryConnection.class);

	/** How many bytes of answers may wait for a peer that does not read them. */
	private static final int MAX_WAITING_CONTROL = 262_144;

	private static final int MAX_CLOSE_REASON = 123;

	/** The WebSocket close code of an application that stops: come again. */
	static final int SERVICE_RESTART = 1012;

	/** The WebSocket close code for a failure on our side, which nobody will read. */
	private static final int WRITE_FAILED = 1011;

	private final ReentrantLock lock = new ReentrantLock();

	private final BinaryDialect dialect;

	private final Transport transport;

	private final String description;

	private final FrameReader reader;

	private final BatchWriter writer;

	// guarded by the lock, as the accessors below assert: the streams and frames of the
	// connection use them too, which an annotation cannot express

	private final Allowance allowance;

	private final Outbox outbox;

	private final StreamTable table = new StreamTable();

	private final Liveness liveness;

	private int peerMaxStreams = Wire.MAX_VALUE;

	private volatile boolean left;

	private volatile boolean draining;

	private boolean greeted;

	/** When the peer will be even with the rate at which it may open streams. */
	private long even;

	private final TransportEnd end = new TransportEnd();

	BinaryConnection(BinaryDialect dialect, Transport transport, String description) {
		this.dialect = dialect;
		this.transport = transport;
		this.description = description;
		this.allowance = new Allowance(dialect.budget());
		this.outbox = new Outbox(dialect.buffers(), this.allowance, transport.headroom());
		this.liveness = new Liveness(dialect.limits(), dialect.now());
		this.even = dialect.now();
		if (dialect.limits().bytesPerSecond() < Long.MAX_VALUE) {
			this.outbox.bound(new ByteRate(dialect.limits().bytesPerSecond(), dialect.now()));
		}
		this.reader = new FrameReader(new IncomingFrames(this));
		this.writer = new BatchWriter(this.lock, transport, dialect.buffers(), this.outbox,
				() -> terminate(WRITE_FAILED, "a write failed"));
	}

	// --- called by the transport

	@Override
	public void admitted() {
		BinaryLimits limits = this.dialect.limits();
		this.lock.lock();
		try {
			if (this.end.isBegun()) {
				return;
			}
			this.greeted = true;
			this.outbox.control().hello(new Settings(limits.maxStreams(), (int) limits.keepalive().toMillis()));
		}
		finally {
			this.lock.unlock();
		}
		flush();
	}

	@Override
	public void received(ByteBuffer part, boolean last) {
		this.lock.lock();
		try {
			if (this.end.isBegun()) {
				return;
			}
			this.liveness.received(now());
		}
		finally {
			this.lock.unlock();
		}
		if (Trampoline.isEntered()) {
			read(part, last);
		}
		else {
			Trampoline.enter(() -> read(part, last));
		}
	}

	private void read(ByteBuffer part, boolean last) {
		try {
			this.reader.receive(part, last);
		}
		catch (ProtocolException ex) {
			fail(ex.code(), ex.reason());
		}
		catch (RuntimeException | Error ex) {
			logger.error("Closing the connection of {} because of a fault in browser-stream-server", this.description,
					ex);
			fail(ErrorCode.INTERNAL, "a fault in the relay");
		}
		if (this.draining) {
			goIfQuiet(true);
		}
	}

	@Override
	public void alive() {
		this.lock.lock();
		try {
			this.liveness.alive(now());
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void answered() {
		this.lock.lock();
		try {
			this.liveness.answered(now());
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void left() {
		this.left = true;
	}

	@Override
	public PeerIdentity identity() {
		return this.transport.peer();
	}

	@Override
	public boolean isLost() {
		return !this.left;
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

	@Override
	public void drain(Duration spread) {
		boolean tooEarly;
		this.lock.lock();
		try {
			if (this.end.isBegun()) {
				return;
			}
			tooEarly = !this.greeted;
			if (!tooEarly) {
				this.outbox.control().goAway((int) spread.toMillis());
				this.draining = true;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (tooEarly) {
			// nothing is said before HELLO
			shutdown();
			return;
		}
		flush();
	}

	/**
	 * The last stream may be over, and all of it may have left.
	 * @param again whether to look once more behind a write that is just being completed
	 */
	private void goIfQuiet(boolean again) {
		boolean quiet;
		boolean writing;
		this.lock.lock();
		try {
			writing = this.writer.isWriting();
			quiet = !this.end.isBegun() && this.table.isQuiet() && this.outbox.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
		if (quiet && !writing) {
			shutdown();
		}
		else if (quiet && again) {
			Trampoline.later(() -> goIfQuiet(false));
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
		long now = now();
		String missing;
		List<BinaryStream> overdue = List.of();
		List<BinaryStream> idle = List.of();
		boolean ask = false;
		Runnable close;
		this.lock.lock();
		try {
			close = this.end.takeOverdue(now);
			this.liveness.wrote(now, this.writer.batches(), this.writer.isWriting());
			this.liveness.hosting(this.table.isHosting());
			missing = this.end.isBegun() ? null : this.liveness.missing(now);
			if (!this.end.isBegun() && missing == null) {
				overdue = this.table.takeOverdue(now);
				ask = this.liveness.mustAsk(now);
				ByteRate rate = this.outbox.rate();
				if (rate != null) {
					rate.fill(now);
				}
				idle = takeIdle(now);
				pingIfDue(now);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (missing != null) {
			fail(ErrorCode.TIMEOUT, missing);
		}
		close.run();
		if (ask) {
			ask(now);
		}
		resetLate(overdue, "the stream was not accepted in time");
		resetLate(idle, "nothing was sent on the stream for too long (stream.idle-timeout)");
		flush();
	}

	private static void resetLate(List<BinaryStream> streams, String reason) {
		for (BinaryStream stream : streams) {
			stream.reset(ErrorCode.TIMEOUT, reason);
			stream.other().reset(ErrorCode.TIMEOUT, reason);
		}
	}

	private List<BinaryStream> takeIdle(long now) {
		Duration timeout = this.dialect.limits().idleTimeout();
		return timeout.isZero() ? List.of()
				: this.table.all().stream().filter((stream) -> stream.isIdle(now, timeout)).toList();
	}

	private void pingIfDue(long now) {
		boolean due = this.liveness.mustPing(now, this.writer.batches());
		boolean askHost = this.liveness.mustAskHost(now);
		if (due || askHost) {
			long batch = this.writer.batches() + this.outbox.ping();
			if (askHost) {
				this.liveness.askedHost(batch);
			}
		}
	}

	private void ask(long now) {
		boolean asked = this.transport.ask();
		this.lock.lock();
		try {
			if (this.liveness.asked(asked, now) && !this.end.isBegun()) {
				this.outbox.ping();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// --- called by the proxy

	@Override
	public OutgoingStream prepare(StreamRequest request) {
		return newStream(request, false);
	}

	BinaryStream newStream(StreamRequest request, boolean fromPeer) {
		return new BinaryStream(this, request, fromPeer, this.dialect.budget(), this.dialect.limits().maxWindow());
	}

	/**
	 * Tells the peer of a stream that was prepared for it.
	 * @param stream the stream
	 */
	void start(BinaryStream stream) {
		ErrorCode failure;
		String reason;
		int dropped = 0;
		this.lock.lock();
		try {
			if (stream.state() == StreamState.CLOSED) {
				return;
			}
			failure = this.end.isBegun() ? ErrorCode.HOST_GONE : ErrorCode.LIMIT;
			reason = this.end.isBegun() ? "the host's connection is gone" : open(stream);
			if (reason != null) {
				dropped = stream.close();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (reason == null) {
			flush();
			return;
		}
		stream.other().released(dropped);
		stream.other().reset(failure, reason);
	}

	private @Nullable String open(BinaryStream stream) {
		if (this.table.fromUs() >= this.peerMaxStreams) {
			return "the host has as many streams as it takes: " + this.peerMaxStreams;
		}
		if (hasControlBacklog()) {
			return "the host does not read what it is sent";
		}
		if (this.table.offered() >= this.dialect.limits().maxUnaccepted()) {
			return "the host has " + this.table.offered() + " streams to accept already (stream.max-unaccepted)";
		}
		int id = this.table.nextOwnId();
		if (id == 0) {
			return "the host's connection has no stream ids left";
		}
		if (!stream.open(id, acceptDeadline())) {
			return "the relay has no memory left for another stream (memory)";
		}
		this.table.add(stream);
		stream.openWaits();
		this.outbox.ready(stream);
		return null;
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

	/**
	 * Ends the connection because its peer does not read what it is told.
	 */
	void failUnread() {
		fail(ErrorCode.LIMIT, "too many answers wait that the peer does not read");
	}

	private void terminate(int closeCode, String reason) {
		List<BinaryStream> streams;
		int[] dropped;
		Runnable close = (closeCode == 0) ? () -> {
		} : () -> this.transport.close(closeCode, closeReason(reason));
		boolean idle;
		// 1. Decide
		this.lock.lock();
		try {
			if (!this.end.begin(close, now())) {
				return;
			}
			streams = this.table.all();
			dropped = new int[streams.size()];
			for (int index = 0; index < dropped.length; index++) {
				dropped[index] = streams.get(index).close();
			}
			idle = this.writer.stop(close);
			this.allowance.close();
		}
		finally {
			this.lock.unlock();
		}
		// 2. Do it
		logger.debug("The connection of {} ends: {}", this.description, reason);
		if (idle) {
			close.run();
		}
		for (int index = 0; index < dropped.length; index++) {
			BinaryStream stream = streams.get(index);
			stream.other().released(dropped[index]);
			stream.gone().reset(stream.other());
		}
	}

	private static String closeReason(String reason) {
		return new String(Payloads.reason(reason, MAX_CLOSE_REASON), java.nio.charset.StandardCharsets.UTF_8);
	}

	// --- for its streams and frames

	/**
	 * Sends what waits. Must be called without the lock.
	 */
	void flush() {
		this.writer.flush();
		if (this.draining) {
			Trampoline.later(() -> goIfQuiet(true));
		}
	}

	long now() {
		return this.dialect.now();
	}

	long acceptDeadline() {
		return now() + this.dialect.limits().acceptTimeout().toNanos();
	}

	BinaryDialect dialect() {
		return this.dialect;
	}

	ReentrantLock lock() {
		return this.lock;
	}

	Outbox outbox() {
		assertLocked();
		return this.outbox;
	}

	StreamTable table() {
		assertLocked();
		return this.table;
	}

	Liveness liveness() {
		assertLocked();
		return this.liveness;
	}

	Allowance allowance() {
		assertLocked();
		return this.allowance;
	}

	/**
	 * Tells whether more answers wait than may: the peer does not read them.
	 * @return whether to end the connection
	 */
	boolean hasControlBacklog() {
		assertLocked();
		FrameWriter control = this.outbox.control();
		return control.isOverdrawn() || control.waiting() > MAX_WAITING_CONTROL;
	}

	/**
	 * Counts an open of the peer.
	 * @throws ProtocolException if it does not stop although its opens are refused
	 */
	void countOpen() throws ProtocolException {
		assertLocked();
		long now = now();
		this.even = this.dialect.rate().count(this.even, now);
		if (this.dialect.rate().isFlood(this.even, now)) {
			throw new ProtocolException(ErrorCode.LIMIT, this.dialect.rate().reason());
		}
	}

	/**
	 * Counts a reset of what the peer had opened: as an open, but it alone never makes a
	 * flood.
	 */
	void countReset() {
		assertLocked();
		if (!opensTooFast()) {
			this.even = this.dialect.rate().count(this.even, now());
		}
	}

	/**
	 * Tells whether the peer opens streams faster than it may.
	 * @return whether to refuse the next
	 */
	boolean opensTooFast() {
		assertLocked();
		return this.dialect.rate().isOver(this.even, now());
	}

	/**
	 * Tells whether the streams that the peer opened, with their other ends, are more
	 * than one connection should have when memory is short.
	 * @return whether to leave the rest to others
	 */
	boolean hasItsShare() {
		assertLocked();
		return this.dialect.budget().isMoreThanAShare(2L * Wire.INITIAL_CREDIT * this.table.carryingFromPeer());
	}

	boolean isOver() {
		assertLocked();
		return this.end.isBegun();
	}

	void peerMaxStreams(int maxStreams) {
		assertLocked();
		this.peerMaxStreams = maxStreams;
	}

	void accepted(BinaryStream stream) {
		assertLocked();
		this.table.accepted(stream);
	}

	void closed(BinaryStream stream) {
		assertLocked();
		this.table.remove(stream);
		this.outbox.forget(stream);
	}

	private void assertLocked() {
		assert this.lock.isHeldByCurrentThread() : "what belongs to the connection needs its lock";
	}

	@Override
	public String toString() {
		return this.description;
	}

}
