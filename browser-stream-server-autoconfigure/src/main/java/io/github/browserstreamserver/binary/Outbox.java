/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;

import io.github.browserstreamserver.stream.ByteRate;
import io.github.browserstreamserver.transport.BatchBuffers;
import io.github.browserstreamserver.transport.BatchSource;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one connection, and in which order: first what controls
 * streams, then credit, then data, for which the streams take turns by bytes, so that one
 * that always has data holds no other back. A stream that we open says so in its first
 * turn: who opens many waits behind those who are there.
 * <p>
 * Where nobody waits, what comes in is put into the next batch at once: one copy between
 * two sockets. Guarded by the connection's lock.
 */
final class Outbox implements BatchSource {

	/** How many bytes a stream sends before the next one's turn. */
	static final int QUANTUM = 16_384;

	/** Below this a batch is full: frames would become too small to be worth it. */
	private static final int LEAST_ROOM = 1_024;

	/**
	 * A WebSocket message that has so much in it ends where a message of a stream ends: a
	 * large one that is alone in it can be handed to a page as it lies there.
	 */
	private static final int ENOUGH = 61_440;

	/** How many more batches may wait behind each other. */
	private static final int MAX_FULL = 3;

	private static final int CREDIT_FRAME = Wire.MAX_HEAD + Wire.MAX_VARINT;

	private final BatchBuffers buffers;

	private final int headroom;

	private final FrameWriter control;

	private final LinkedHashSet<BinaryStream> turns = new LinkedHashSet<>();

	private final LinkedHashSet<BinaryStream> credits = new LinkedHashSet<>();

	private byte @Nullable [] answer;

	private boolean pinging;

	/** How fast credit is granted, if that is bound. */
	private @Nullable ByteRate rate;

	/** The next batch, when something was put into it already. */
	private @Nullable PassedBatch open;

	/** Batches that have enough, before the open one. */
	private final ArrayDeque<PassedBatch> full = new ArrayDeque<>(MAX_FULL);

	private final ArrayDeque<PassedBatch> spare = new ArrayDeque<>(1 + MAX_FULL);

	/**
	 * Creates an outbox.
	 * @param buffers where to borrow buffers
	 * @param allowance where what waits for long is counted
	 * @param headroom what the transport wants before a message
	 */
	Outbox(BatchBuffers buffers, Allowance allowance, int headroom) {
		this.buffers = buffers;
		this.control = new FrameWriter(allowance);
		this.headroom = headroom;
	}

	/**
	 * From now on credit is granted no faster than that.
	 * @param byteRate how fast
	 */
	void bound(ByteRate byteRate) {
		this.rate = byteRate;
	}

	@Nullable ByteRate rate() {
		return this.rate;
	}

	FrameWriter control() {
		return this.control;
	}

	void answerPing(byte[] payload) {
		this.answer = payload;
	}

	/**
	 * Sends a PING with the next batch that is put together.
	 * @return how many batches from now on that is, those before it counted
	 */
	int ping() {
		this.pinging = true;
		return this.full.size() + 1;
	}

	/**
	 * A stream may have become able to send.
	 * @param stream the stream
	 */
	void ready(BinaryStream stream) {
		if (stream.joinsTurns()) {
			this.turns.add(stream);
		}
	}

	/**
	 * A stream's peer is to get credit.
	 * @param stream the stream
	 * @param bytes how much
	 */
	void credit(BinaryStream stream, int bytes) {
		if (stream.addGrant(bytes)) {
			this.credits.add(stream);
		}
	}

	/**
	 * Puts a frame of data into the next batch, if nothing waits that must come before
	 * it. Only a buffer that is free anyway is taken for that: one read may bring a
	 * little for each of a thousand connections.
	 * @param stream whose it is
	 * @param flags its flags
	 * @param payload its bytes
	 * @param cost what it costs its writer until the batch has left
	 * @return whether it was done
	 */
	boolean pass(BinaryStream stream, int flags, ByteBuffer payload, int cost) {
		if (!this.turns.isEmpty()) {
			return false;
		}
		PassedBatch passed = this.open;
		if (passed == null) {
			ByteBuffer free = this.buffers.takeFree();
			if (free == null) {
				return false;
			}
			passed = takeSpare();
			passed.begin(begin(free));
			this.open = passed;
		}
		else {
			this.control.drainTo(passed.buffer());
		}
		ByteBuffer batch = passed.buffer();
		int length = payload.remaining();
		if (!this.control.isEmpty() || batch.remaining() < length + Wire.MAX_HEAD) {
			// data must not overtake the ACCEPT of its stream
			return false;
		}
		FrameWriter.head(batch, Wire.DATA, flags, stream.id(), length);
		batch.put(payload);
		passed.add(stream, cost);
		if ((flags & Wire.FLAG_LAST) != 0 && hasEnough(batch) && this.full.size() < MAX_FULL) {
			passed.seal();
			this.full.add(passed);
			this.open = null;
		}
		return true;
	}

	private PassedBatch takeSpare() {
		PassedBatch batch = this.spare.poll();
		return (batch != null) ? batch : new PassedBatch();
	}

	private boolean hasEnough(ByteBuffer batch) {
		return batch.position() - this.headroom >= ENOUGH;
	}

	private ByteBuffer finish(ByteBuffer batch) {
		return batch.flip().position(this.headroom);
	}

	private ByteBuffer begin(ByteBuffer batch) {
		batch.position(this.headroom);
		this.control.drainTo(batch);
		if (this.control.isEmpty()) {
			pings(batch);
			credits(batch);
		}
		return batch;
	}

	@Override
	public boolean isEmpty() {
		return this.open == null && this.full.isEmpty() && this.control.isEmpty() && this.turns.isEmpty()
				&& this.credits.isEmpty() && this.answer == null && !this.pinging;
	}

	@Override
	public @Nullable ByteBuffer fill(List<? super BatchSource.Sender> senders) {
		ByteBuffer batch = next(senders);
		this.control.batchLeaves();
		return batch;
	}

	private @Nullable ByteBuffer next(List<? super BatchSource.Sender> senders) {
		PassedBatch complete = this.full.poll();
		if (complete != null) {
			return finish(leave(complete, senders));
		}
		ByteBuffer batch;
		if (this.open != null) {
			batch = leave(this.open, senders);
			this.open = null;
		}
		else {
			batch = begin(this.turns.isEmpty() ? this.buffers.take(little()) : this.buffers.take());
		}
		fill(batch, senders);
		if (batch.position() == this.headroom) {
			this.buffers.give(batch);
			return null;
		}
		return finish(batch);
	}

	private ByteBuffer leave(PassedBatch batch, List<? super BatchSource.Sender> senders) {
		this.spare.push(batch);
		return batch.leave(senders);
	}

	/**
	 * Returns how much there is to send if no stream has a turn.
	 */
	private int little() {
		return this.headroom + this.control.waiting() + this.credits.size() * CREDIT_FRAME
				+ 2 * (Wire.MAX_HEAD + Wire.MAX_PING);
	}

	private void fill(ByteBuffer batch, List<? super BatchSource.Sender> senders) {
		this.control.drainTo(batch);
		if (!this.control.isEmpty()) {
			// data must not overtake the ACCEPT of its stream
			return;
		}
		pings(batch);
		credits(batch);
		while (!this.turns.isEmpty()) {
			BinaryStream stream = this.turns.iterator().next();
			if (batch.remaining() < Math.max(LEAST_ROOM, stream.openingRoom())) {
				break;
			}
			this.turns.remove(stream);
			if (stream.sendTurn(batch, QUANTUM)) {
				senders.add(stream);
			}
			ready(stream);
			if (stream.isBetweenMessages() && hasEnough(batch)) {
				break;
			}
		}
	}

	private void pings(ByteBuffer batch) {
		if (this.answer != null && batch.remaining() >= Wire.MAX_HEAD + Wire.MAX_PING) {
			FrameWriter.ping(batch, true, this.answer);
			this.answer = null;
		}
		if (this.pinging && batch.remaining() >= Wire.MAX_HEAD) {
			FrameWriter.ping(batch, false, new byte[0]);
			this.pinging = false;
		}
	}

	private void credits(ByteBuffer batch) {
		while (batch.remaining() >= CREDIT_FRAME && !this.credits.isEmpty()) {
			BinaryStream stream = this.credits.iterator().next();
			this.credits.remove(stream);
			int wanted = stream.takeGrant();
			int grant = (this.rate != null) ? this.rate.take(wanted) : wanted;
			if (grant > 0) {
				FrameWriter.credit(batch, stream.id(), grant);
			}
			if (grant < wanted) {
				// later; the turns of the others do not wait for it
				credit(stream, wanted - grant);
				break;
			}
		}
	}

	/**
	 * A stream is closed: nothing more is sent on it.
	 * @param stream the stream
	 */
	void forget(BinaryStream stream) {
		this.turns.remove(stream);
		this.credits.remove(stream);
	}

	@Override
	public void clear() {
		if (this.open != null) {
			this.buffers.give(this.open.drop());
			this.open = null;
		}
		this.full.forEach((batch) -> this.buffers.give(batch.drop()));
		this.full.clear();
		this.control.clear();
		this.turns.clear();
		this.credits.clear();
		this.answer = null;
		this.pinging = false;
	}

}
