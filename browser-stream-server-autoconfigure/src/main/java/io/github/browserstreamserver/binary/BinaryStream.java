/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Gone;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamKind;
import io.github.browserstreamserver.stream.StreamRequest;
import io.github.browserstreamserver.binary.StreamState.Event;
import io.github.browserstreamserver.transport.BatchSource;
import io.github.browserstreamserver.transport.Trampoline;
import org.jspecify.annotations.Nullable;

/**
 * One stream on a {@link BinaryConnection}: its state, its windows, and what waits to be
 * sent on it. Its public methods are called by whoever is joined with it; the
 * package-private ones by the connection, with the lock.
 * <p>
 * All state is guarded by the connection's lock. No method calls {@link #other()} with
 * it.
 */
final class BinaryStream implements OutgoingStream, BatchSource.Sender, StreamIndex.Entry {

	/** A part of a message that does not end it is not sent by itself below this. */
	private static final int LEAST_TO_PASS = 1_024;

	private final BinaryConnection connection;

	private final ReentrantLock lock;

	private final StreamRequest request;

	private final boolean fromPeer;

	private final SendWindow sendWindow = new SendWindow();

	private final ReceiveWindow receiveWindow;

	private final OutboundParts outbound;

	private final MessageEdges inbound = new MessageEdges();

	private StreamState state;

	private int id;

	private long deadline;

	/** The payload of an OPEN that the peer is to get in the stream's first turn. */
	private byte @Nullable [] openWaits;

	private boolean endWaits;

	/** Whether a message that is to be sent has begun and not ended. */
	private boolean insideOutbound;

	/** What is to be said behind the end, because the other side went after it. */
	private @Nullable Farewell farewell;

	/** Whether data went through since it was looked at. */
	private boolean active = true;

	private long idleSince;

	private boolean inTurns;

	private int grant;

	private int sentCost;

	/** The cost of what is in the batch that is being put together. */
	private int passedCost;

	/** The cost of what is in batches that wait behind each other. */
	private int sealedCost;

	/** What is left of its turns in bytes; below 0 when a frame went beyond the last. */
	private int turn;

	private volatile StreamEnd other = StreamEnd.NOWHERE;

	/**
	 * A reset that waits.
	 *
	 * @param code why
	 * @param reason for people
	 */
	private record Farewell(ErrorCode code, String reason) {
	}

	BinaryStream(BinaryConnection connection, StreamRequest request, boolean fromPeer, Budget budget, int maxWindow) {
		this.connection = connection;
		this.lock = connection.lock();
		this.request = request;
		this.fromPeer = fromPeer;
		this.receiveWindow = new ReceiveWindow(budget, maxWindow);
		this.outbound = new OutboundParts(connection.dialect().chunks());
		this.state = fromPeer ? StreamState.OFFERED : StreamState.OPENING;
	}

	// --- called by the other end, without the lock

	@Override
	public void join(StreamEnd other) {
		this.other = other;
		boolean gone;
		this.lock.lock();
		try {
			gone = this.state == StreamState.CLOSED;
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
		this.connection.start(this);
	}

	@Override
	public void accept() {
		this.lock.lock();
		try {
			StreamState next = this.state.sent(Event.ACCEPT);
			if (next == null) {
				return;
			}
			this.state = next;
			this.connection.accepted(this);
			this.connection.outbox().control().accept(this.id);
		}
		finally {
			this.lock.unlock();
		}
		this.connection.flush();
	}

	@Override
	public void data(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
		boolean taken;
		boolean afterEnd;
		this.lock.lock();
		try {
			taken = this.state.sent(Event.DATA) != null && !this.endWaits;
			afterEnd = !taken && this.state != StreamState.CLOSED;
			if (taken) {
				this.insideOutbound = !last;
				if (!passes(kind, first, last, payload, cost)) {
					this.outbound.add(kind, first, last, payload, cost);
					this.connection.outbox().ready(this);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		if (taken) {
			this.connection.flush();
		}
		else {
			this.other.released(cost);
		}
		if (afterEnd) {
			// the server was ended in this very moment: never a silent gap
			String reason = "the host stopped listening";
			this.other.reset(ErrorCode.HOST_GONE, reason);
			reset(ErrorCode.HOST_GONE, reason);
		}
	}

	/**
	 * Sends a part as a frame of its own, past the queue, if nothing of this stream or of
	 * another waits. Small continuations wait to be joined with what comes next.
	 */
	private boolean passes(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
		int length = payload.remaining();
		boolean may = this.outbound.isEmpty() && this.openWaits == null && isStarted()
				&& (last || length >= LEAST_TO_PASS) && length <= this.sendWindow.payloadAllowed();
		int flags = kind.ordinal() << Wire.KIND_SHIFT | (first ? Wire.FLAG_FIRST : 0) | (last ? Wire.FLAG_LAST : 0);
		if (!may || !this.connection.outbox().pass(this, flags, payload, cost)) {
			return false;
		}
		this.sendWindow.spend(length);
		this.active = true;
		return true;
	}

	@Override
	public void end() {
		boolean brokenOff;
		this.lock.lock();
		try {
			if (this.state.sent(Event.END) == null) {
				return;
			}
			brokenOff = this.insideOutbound;
			if (!brokenOff) {
				this.endWaits = true;
				this.connection.outbox().ready(this);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (brokenOff) {
			// half a message must not look like a whole one
			String reason = "the server was ended inside a message";
			reset(ErrorCode.HOST_GONE, reason);
			this.other.reset(ErrorCode.HOST_GONE, reason);
		}
		this.connection.flush();
	}

	@Override
	public void reset(ErrorCode code, String reason) {
		int dropped;
		boolean unread;
		this.lock.lock();
		try {
			if (this.state == StreamState.CLOSED) {
				return;
			}
			// the first reason counts, if one waits already
			Farewell why = (this.farewell != null) ? this.farewell : new Farewell(code, reason);
			boolean gone = code == ErrorCode.HOST_GONE || code == ErrorCode.CLIENT_GONE;
			if (isStarted() && this.endWaits && (gone || this.outbound.isEmpty())) {
				// the other side had said all it wanted before it went: that still
				// arrives
				this.farewell = why;
				return;
			}
			if (isStarted() && this.openWaits == null) {
				this.connection.outbox().control().reset(this.id, why.code(), why.reason());
			}
			dropped = close();
			unread = this.connection.hasControlBacklog();
		}
		finally {
			this.lock.unlock();
		}
		this.other.released(dropped);
		if (unread) {
			// not from here: it resets others, which may have to end too
			Trampoline.later(this.connection::failUnread);
		}
		this.connection.flush();
	}

	@Override
	public void released(int cost) {
		if (cost == 0) {
			return;
		}
		boolean grants = false;
		this.lock.lock();
		try {
			int bytes = this.receiveWindow.release(cost, this.connection.now());
			if (bytes > 0 && this.state != StreamState.CLOSED && this.state.received(Event.DATA) != null) {
				this.connection.outbox().credit(this, bytes);
				grants = true;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (grants) {
			this.connection.flush();
		}
	}

	// --- called by the connection, with the lock

	void openWaits() {
		this.openWaits = OpenPayload.write(this.request);
	}

	/**
	 * Returns how much room the stream's next turn needs at least.
	 * @return bytes, 0 unless its OPEN is to be sent
	 */
	int openingRoom() {
		return (this.openWaits != null) ? this.openWaits.length + Wire.MAX_HEAD : 0;
	}

	boolean open(int newId, long openDeadline) {
		this.deadline = openDeadline;
		// nothing is ever sent on the stream that stands for a name
		if (this.request.kind() != StreamKind.LISTEN && !this.receiveWindow.open(this.connection.now())) {
			return false;
		}
		this.id = newId;
		return true;
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
		return this.request.kind() != StreamKind.LISTEN && now - this.idleSince >= timeout.toNanos();
	}

	/**
	 * Ends both directions without telling anybody.
	 * @return the cost of what was waiting and is dropped, to be released to the other
	 * end without the lock
	 */
	int close() {
		this.state = StreamState.CLOSED;
		this.endWaits = false;
		this.grant = 0;
		this.receiveWindow.close();
		if (isStarted()) {
			this.connection.closed(this);
		}
		int dropped = this.outbound.clear() + this.passedCost + this.sealedCost;
		this.passedCost = 0;
		this.sealedCost = 0;
		return dropped;
	}

	/**
	 * A frame came in that changes the state.
	 * @param event which
	 * @return what is wrong with it, or {@code null}
	 */
	@Nullable String received(Event event) {
		StreamState next = this.state.received(event);
		if (next == null) {
			return event + " is not allowed in the state " + this.state;
		}
		if (event == Event.END && this.inbound.isInside()) {
			return "END inside a message";
		}
		this.state = next;
		if (next == StreamState.CLOSED) {
			this.receiveWindow.close();
			this.connection.closed(this);
		}
		return null;
	}

	@Nullable String receivedData(@Nullable MessageKind kind, boolean first, boolean last, ByteBuffer part, int charge)
			throws ProtocolException {
		String wrong = (this.request.kind() == StreamKind.LISTEN) ? "DATA on a listen stream" : received(Event.DATA);
		if (wrong == null) {
			wrong = this.inbound.take(kind, charge > 0, first, last);
		}
		if (wrong == null) {
			if (charge > 0) {
				this.receiveWindow.check(charge);
			}
			this.receiveWindow.charge(cost(part, charge));
			this.active = true;
		}
		return wrong;
	}

	static int cost(ByteBuffer part, int charge) {
		return part.remaining() + ((charge > 0) ? Wire.FRAME_COST : 0);
	}

	void receivedCredit(int bytes) throws ProtocolException {
		this.sendWindow.add(bytes);
	}

	/**
	 * Sends frames until its turn is over.
	 * @param batch where to
	 * @param quantum how many bytes a turn has
	 * @return whether data was sent
	 */
	boolean sendTurn(ByteBuffer batch, int quantum) {
		this.inTurns = false;
		if (this.openWaits != null) {
			FrameWriter.open(batch, this.id, this.openWaits);
			this.openWaits = null;
		}
		this.turn = Math.min(this.turn, 0) + quantum;
		boolean sent = false;
		this.active = true;
		while (canSendData() && this.turn > 0 && batch.remaining() > Wire.MAX_HEAD) {
			int start = batch.position();
			int most = Math.min(this.sendWindow.payloadAllowed(), batch.remaining() - Wire.MAX_HEAD);
			this.sentCost += this.outbound.writeFrame(batch, this.id, most, this.sendWindow);
			this.turn -= batch.position() - start;
			sent = true;
		}
		if (this.outbound.isEmpty()) {
			this.turn = 0;
		}
		if (canSendEnd() && batch.remaining() > Wire.MAX_HEAD) {
			FrameWriter.end(batch, this.id);
			this.endWaits = false;
			StreamState next = this.state.sent(Event.END);
			this.state = (next != null) ? next : StreamState.CLOSED;
			if (this.state == StreamState.CLOSED) {
				this.receiveWindow.close();
				this.connection.closed(this);
			}
			else if (this.farewell != null) {
				this.connection.outbox().control().reset(this.id, this.farewell.code(), this.farewell.reason());
				close();
			}
		}
		return sent;
	}

	/**
	 * Tells whether it has something to send and does not wait for its turn yet; if so,
	 * it does from now on.
	 * @return whether to add it to the turns
	 */
	boolean joinsTurns() {
		boolean has = this.openWaits != null || canSendData() || canSendEnd();
		if (this.inTurns || !isStarted() || !has) {
			return false;
		}
		this.inTurns = true;
		return true;
	}

	private boolean canSendData() {
		return this.state.sent(Event.DATA) != null && !this.outbound.isEmpty()
				&& this.sendWindow.payloadAllowed() >= this.outbound.least();
	}

	private boolean canSendEnd() {
		return this.endWaits && this.outbound.isEmpty() && this.state.sent(Event.END) != null;
	}

	boolean addGrant(int bytes) {
		boolean wasNone = this.grant == 0;
		this.grant += bytes;
		return wasNone;
	}

	int takeGrant() {
		int bytes = this.grant;
		this.grant = 0;
		return bytes;
	}

	/**
	 * Tells whether what was sent last ended a message.
	 * @return whether no message is in the middle
	 */
	boolean isBetweenMessages() {
		return this.outbound.isBetweenMessages();
	}

	/**
	 * A part is in the batch that is being put together.
	 * @param cost the part's
	 * @return whether it is the first one in it
	 */
	boolean addPassed(int cost) {
		boolean first = this.passedCost == 0;
		this.passedCost += cost;
		return first;
	}

	/**
	 * That batch is complete.
	 * @return what the stream's parts in it cost
	 */
	int sealPassed() {
		int cost = this.passedCost;
		this.passedCost = 0;
		this.sealedCost += cost;
		return cost;
	}

	/**
	 * A batch is sent that was complete.
	 * @param cost what {@link #sealPassed()} said; given back already if the stream was
	 * closed since
	 */
	void passedIsSent(int cost) {
		int waiting = Math.min(cost, this.sealedCost);
		this.sealedCost -= waiting;
		this.sentCost += waiting;
	}

	@Override
	public int takeSentCost() {
		int cost = this.sentCost;
		this.sentCost = 0;
		return cost;
	}

	StreamState state() {
		return this.state;
	}

	long deadline() {
		return this.deadline;
	}

	boolean isStarted() {
		return this.id != 0;
	}

	// --- never change

	@Override
	public int id() {
		return this.id;
	}

	@Override
	public StreamEnd other() {
		return this.other;
	}

	StreamRequest request() {
		return this.request;
	}

	boolean isFromPeer() {
		return this.fromPeer;
	}

	/**
	 * Returns whose connection it is that is gone when this one's is.
	 * @return what the other end is to be told
	 */
	Gone gone() {
		boolean isHost = !this.fromPeer || this.request.kind() == StreamKind.LISTEN;
		return isHost ? Gone.HOST : Gone.CLIENT;
	}

}
