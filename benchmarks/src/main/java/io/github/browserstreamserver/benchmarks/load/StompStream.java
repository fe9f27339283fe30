/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One end of a stream over STOMP.
 */
final class StompStream implements StreamEnd {

	/** What may be under way; what the browser client of this project grants. */
	private static final int WINDOW = 256 * 1024;

	final String topic;

	private final String other;

	private final StompPeer peer;

	private final StreamHandler handler;

	private boolean accepted;

	private boolean closeSent;

	private boolean waiting;

	private int underWay;

	private int taken;

	StompStream(StompPeer peer, String topic, String other, StreamHandler handler) {
		this.peer = peer;
		this.topic = topic;
		this.other = other;
		this.handler = handler;
	}

	void accepted() {
		this.accepted = true;
		this.handler.writable(this);
	}

	@Override
	public boolean isReady() {
		if (!this.accepted || this.closeSent || this.underWay >= WINDOW || this.waiting) {
			return false;
		}
		this.waiting = !this.peer.writable(this);
		return !this.waiting;
	}

	void resume() {
		this.waiting = false;
		this.handler.writable(this);
	}

	@Override
	public void send(ByteBuffer payload) {
		this.underWay += payload.remaining();
		this.peer.send(this.other, StompPeer.DATA, payload.duplicate());
	}

	void take(StompFrame frame) throws IOException {
		switch (frame.kind()) {
			case StompPeer.DATA -> data(frame.body());
			case StompPeer.TAKEN -> {
				this.underWay -= frame.body().getInt();
				this.handler.writable(this);
			}
			case StompPeer.CLOSE -> {
				close();
				this.peer.forget(this);
				this.handler.closed(this, null);
			}
			default -> throw new IOException("a frame of kind " + frame.kind());
		}
	}

	private void data(ByteBuffer body) throws IOException {
		this.taken += body.remaining();
		if (this.taken >= WINDOW / 2) {
			this.peer.send(this.other, StompPeer.TAKEN, ByteBuffer.allocate(Integer.BYTES).putInt(0, this.taken));
			this.taken = 0;
		}
		this.handler.received(this, body, true);
	}

	@Override
	public void close() {
		if (!this.closeSent) {
			this.closeSent = true;
			this.peer.send(this.other, StompPeer.CLOSE, ByteBuffer.allocate(0));
		}
	}

}
