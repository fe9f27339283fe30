/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

import io.github.browserstreamserver.binary.StreamState.Event;
import io.github.browserstreamserver.stream.ByteRate;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamKind;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;

/**
 * Works off the frames that a peer sends: each in two steps, a decision under the
 * connection's lock, then a call to the joined end without it. Only the transport's
 * reading thread comes here.
 */
final class IncomingFrames implements FrameHandler {

	private final BinaryConnection connection;

	private final ReentrantLock lock;

	IncomingFrames(BinaryConnection connection) {
		this.connection = connection;
		this.lock = connection.lock();
	}

	/**
	 * What a frame leads to. An implementation runs with the lock and returns what is
	 * wrong with the frame, or {@code null}.
	 */
	@FunctionalInterface
	private interface Decision {

		@Nullable String decide(BinaryStream stream) throws ProtocolException;

	}

	/**
	 * Decides about a frame for a stream.
	 * @param id the stream's id
	 * @param decision what to do with the lock
	 * @return the stream's other end, to be told without the lock; {@code null} if
	 * nothing is to be told
	 * @throws ProtocolException if the connection must end
	 */
	private @Nullable StreamEnd decide(int id, Decision decision) throws ProtocolException {
		BinaryStream stream;
		String wrong;
		int dropped = 0;
		this.lock.lock();
		try {
			mustBeGreeted();
			stream = this.connection.table().find(id);
			if (stream == null) {
				return null;
			}
			wrong = decision.decide(stream);
			if (wrong != null) {
				dropped = refused(stream, wrong);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (wrong == null) {
			return stream.other();
		}
		tellRefused(stream, dropped, wrong);
		return null;
	}

	private int refused(BinaryStream stream, String wrong) throws ProtocolException {
		int dropped = stream.close();
		refuse(stream.id(), ErrorCode.PROTOCOL_ERROR, wrong);
		return dropped;
	}

	private void tellRefused(BinaryStream stream, int dropped, String wrong) {
		stream.other().released(dropped);
		stream.other().reset(ErrorCode.PROTOCOL_ERROR, "the other side broke the protocol: " + wrong);
		this.connection.flush();
	}

	private void mustBeGreeted() throws ProtocolException {
		if (!this.connection.liveness().isGreeted()) {
			throw new ProtocolException("the first frame must be HELLO");
		}
	}

	private void refuse(int id, ErrorCode code, String reason) throws ProtocolException {
		mustRead();
		if (!this.connection.isOver()) {
			this.connection.outbox().control().reset(id, code, reason);
		}
	}

	private void mustRead() throws ProtocolException {
		if (this.connection.hasControlBacklog()) {
			throw new ProtocolException(ErrorCode.LIMIT, "too many answers wait that the peer does not read");
		}
	}

	@Override
	public void hello(Settings settings) throws ProtocolException {
		this.lock.lock();
		try {
			if (this.connection.liveness().isGreeted()) {
				throw new ProtocolException("HELLO twice");
			}
			this.connection.liveness().greeted();
			this.connection.peerMaxStreams(settings.maxStreams());
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void ping(boolean answer, ByteBuffer payload) throws ProtocolException {
		byte[] copy = new byte[payload.remaining()];
		payload.get(copy);
		this.lock.lock();
		try {
			mustBeGreeted();
			if (!answer && !this.connection.isOver()) {
				this.connection.outbox().answerPing(copy);
			}
		}
		finally {
			this.lock.unlock();
		}
		this.connection.flush();
	}

	@Override
	public void open(int id, OpenPayload open) throws ProtocolException {
		StreamRequest request = null;
		BinaryStream stream = null;
		this.lock.lock();
		try {
			mustBeGreeted();
			mustRead();
			this.connection.table().takePeerId(id);
			this.connection.countOpen();
			request = open.request();
			stream = admit(id, request);
			byte[] key = request.key();
			if (stream != null && key != null && open.asksForToken()) {
				this.connection.outbox().control().token(id, key);
			}
		}
		catch (InvalidOpenException ex) {
			refuse(id, ErrorCode.INVALID_OPEN, ex.reason());
		}
		finally {
			this.lock.unlock();
		}
		if (request != null && stream != null) {
			this.connection.dialect().acceptor().accept(this.connection, request, stream);
		}
		this.connection.flush();
	}

	private @Nullable BinaryStream admit(int id, StreamRequest request) throws ProtocolException {
		int most = this.connection.dialect().limits().maxStreams();
		if (this.connection.isOver()) {
			return null;
		}
		if (this.connection.table().fromPeer() >= most) {
			refuse(id, ErrorCode.LIMIT, "a connection may have " + most + " streams open (stream.max-per-connection)");
			return null;
		}
		if (this.connection.opensTooFast()) {
			refuse(id, ErrorCode.LIMIT, this.connection.dialect().rate().reason());
			return null;
		}
		if (this.connection.hasItsShare()) {
			refuse(id, ErrorCode.LIMIT, "memory is short, and this connection has more than its share of it (memory)");
			return null;
		}
		BinaryStream stream = this.connection.newStream(request, true);
		if (!stream.open(id, this.connection.acceptDeadline())) {
			refuse(id, ErrorCode.LIMIT, "the relay has no memory left for another stream (memory)");
			return null;
		}
		this.connection.table().add(stream);
		ByteRate rate = this.connection.outbox().rate();
		if (rate != null && request.kind() != StreamKind.LISTEN) {
			rate.force(Wire.INITIAL_CREDIT);
		}
		return stream;
	}

	@Override
	public void accept(int id) throws ProtocolException {
		StreamEnd other = decide(id, (stream) -> {
			this.connection.accepted(stream);
			return stream.received(Event.ACCEPT);
		});
		if (other != null) {
			other.accept();
		}
	}

	/**
	 * {@inheritDoc} As {@link #decide}, but without an object for each frame: this is
	 * where the traffic goes through.
	 */
	@Override
	public void data(int id, @Nullable MessageKind kind, boolean first, boolean last, ByteBuffer part, int charge)
			throws ProtocolException {
		BinaryStream stream;
		String wrong;
		int dropped = 0;
		this.lock.lock();
		try {
			mustBeGreeted();
			stream = this.connection.table().find(id);
			if (stream == null) {
				return;
			}
			wrong = stream.receivedData(kind, first, last, part, charge);
			if (wrong != null) {
				dropped = refused(stream, wrong);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (wrong != null) {
			tellRefused(stream, dropped, wrong);
		}
		else if (kind != null) {
			stream.other().data(kind, first, last, part, BinaryStream.cost(part, charge));
		}
	}

	@Override
	public void credit(int id, int bytes) throws ProtocolException {
		StreamEnd other = decide(id, (stream) -> {
			stream.receivedCredit(bytes);
			this.connection.outbox().ready(stream);
			return stream.received(Event.CREDIT);
		});
		if (other != null) {
			this.connection.flush();
		}
	}

	@Override
	public void end(int id) throws ProtocolException {
		StreamEnd other = decide(id, (stream) -> stream.received(Event.END));
		if (other != null) {
			other.end();
		}
	}

	@Override
	public void reset(int id, ErrorCode code, String reason) throws ProtocolException {
		int[] dropped = new int[1];
		StreamEnd other = decide(id, (stream) -> {
			if (stream.isFromPeer()) {
				// a host may well refuse what others open
				this.connection.countReset();
			}
			dropped[0] = stream.close();
			return null;
		});
		if (other != null) {
			other.released(dropped[0]);
			other.reset(code, reason);
		}
	}

	@Override
	public void assembles(int bytes) throws ProtocolException {
		this.lock.lock();
		try {
			this.connection.liveness().assembles(this.connection.now());
			if (!this.connection.isOver() && !this.connection.allowance().take(bytes)) {
				throw new ProtocolException(ErrorCode.LIMIT, "the relay has no memory left for a frame");
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void assembled(int bytes) {
		this.lock.lock();
		try {
			this.connection.liveness().assembled();
			this.connection.allowance().give(bytes);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void skipped() throws ProtocolException {
		this.lock.lock();
		try {
			mustBeGreeted();
		}
		finally {
			this.lock.unlock();
		}
	}

}
