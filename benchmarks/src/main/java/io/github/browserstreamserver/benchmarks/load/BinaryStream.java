/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * One end of a stream of the binary dialect, with the windows that the browser client
 * has.
 */
final class BinaryStream implements StreamEnd {

	static final int FRAME_COST = 64;

	static final int INITIAL_CREDIT = 16_384;

	/** What the browser client grants. */
	static final int WINDOW = 256 * 1024;

	/** A smaller frame of a larger message waits for more credit. */
	private static final int WORTH_SENDING = 1024;

	private static final int FIRST = 1;

	final int id;

	final StreamHandler handler;

	private final BinaryPeer peer;

	private int credit = INITIAL_CREDIT;

	private int consumed;

	private @Nullable ByteBuffer sending;

	private boolean waiting;

	private boolean closing;

	private boolean endSent;

	private boolean endReceived;

	BinaryStream(BinaryPeer peer, int id, StreamHandler handler) {
		this.peer = peer;
		this.id = id;
		this.handler = handler;
	}

	@Override
	public boolean isReady() {
		return this.sending == null && !this.closing;
	}

	@Override
	public void send(ByteBuffer payload) {
		this.sending = payload.duplicate();
		this.peer.ready(this);
	}

	/**
	 * Sends one frame, if credit allows it.
	 * @return whether there is more to send; without credit there is not, until it comes
	 */
	boolean takeTurn() {
		ByteBuffer rest = this.sending;
		if (rest == null) {
			return false;
		}
		int most = Math.min(this.credit - FRAME_COST, BinaryDecoder.MAX_PAYLOAD);
		if (most < Math.min(rest.remaining(), WORTH_SENDING)) {
			this.waiting = true;
			return false;
		}
		int length = Math.min(most, rest.remaining());
		int limit = rest.limit();
		int flags = (rest.position() == 0) ? FIRST : 0;
		rest.limit(rest.position() + length);
		this.peer.frame(BinaryDecoder.DATA, flags | ((rest.limit() == limit) ? BinaryDecoder.LAST : 0), this.id, rest);
		rest.limit(limit);
		this.credit -= length + FRAME_COST;
		if (rest.hasRemaining()) {
			return true;
		}
		this.sending = null;
		sent();
		return false;
	}

	private void sent() {
		if (this.closing) {
			end();
		}
		else {
			this.handler.writable(this);
		}
	}

	void addCredit(int bytes) {
		this.credit += bytes;
		if (this.waiting) {
			this.waiting = false;
			this.peer.ready(this);
		}
	}

	/**
	 * Gives credit back in halves of the window.
	 * @param cost of frames that were taken
	 */
	void consume(int cost) {
		this.consumed += cost;
		if (this.consumed >= WINDOW / 2) {
			this.peer.credit(this.id, this.consumed);
			this.consumed = 0;
		}
	}

	@Override
	public void close() {
		this.closing = true;
		if (this.sending == null) {
			end();
		}
	}

	private void end() {
		if (!this.endSent) {
			this.endSent = true;
			this.peer.frame(BinaryDecoder.END, 0, this.id, ByteBuffer.allocate(0));
			closedIfBothEnded();
		}
	}

	void endReceived() {
		this.endReceived = true;
		if (this.endSent) {
			closedIfBothEnded();
		}
		else {
			close();
		}
	}

	private void closedIfBothEnded() {
		if (this.endSent && this.endReceived) {
			this.peer.forget(this);
			this.handler.closed(this, null);
		}
	}

}
