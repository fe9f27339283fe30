/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

import io.github.browserstreamserver.transport.BatchSource;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one connection, and in which order: first what controls
 * streams, then credit, then data, for which the streams take turns by bytes, so that one
 * that always has data holds no other back. A stream that we open says so in its first
 * turn: who opens many waits behind those who are there. Guarded by the connection's
 * lock.
 */
final class Outbox implements BatchSource {

	/** How many bytes a stream sends before the next one's turn. */
	static final int QUANTUM = 16_384;

	/** Below this a batch is full: frames would become too small to be worth it. */
	private static final int LEAST_ROOM = 1_024;

	private static final int CREDIT_FRAME = Wire.MAX_HEAD + Wire.MAX_VARINT;

	private final FrameWriter control = new FrameWriter();

	private final LinkedHashSet<BinaryStream> turns = new LinkedHashSet<>();

	private final LinkedHashSet<BinaryStream> credits = new LinkedHashSet<>();

	private byte @Nullable [] answer;

	private boolean pinging;

	FrameWriter control() {
		return this.control;
	}

	void answerPing(byte[] payload) {
		this.answer = payload;
	}

	void ping() {
		this.pinging = true;
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

	@Override
	public boolean isEmpty() {
		return this.control.isEmpty() && this.turns.isEmpty() && this.credits.isEmpty() && this.answer == null
				&& !this.pinging;
	}

	@Override
	public @Nullable List<BinaryStream> fill(ByteBuffer batch) {
		List<BinaryStream> sent = new ArrayList<>();
		fill(batch, sent);
		return (batch.position() > 0) ? sent : null;
	}

	private void fill(ByteBuffer batch, List<BinaryStream> sent) {
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
				sent.add(stream);
			}
			ready(stream);
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
			int grant = stream.takeGrant();
			if (grant > 0) {
				FrameWriter.credit(batch, stream.id(), grant);
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
		this.control.clear();
		this.turns.clear();
		this.credits.clear();
		this.answer = null;
		this.pinging = false;
	}

}
