/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One end of a stream over STOMP. A broker holds nobody back, so the receiver says what
 * it has taken, as everybody has to who sends a lot over STOMP.
 */
final class StompStream extends MessageStream {

	/** What may be under way; what the browser client of this project grants. */
	private static final int WINDOW = 256 * 1024;

	private final String other;

	private final StompPeer peer;

	private int underWay;

	private int taken;

	StompStream(StompPeer peer, String topic, String other, StreamHandler handler) {
		super(peer, topic, handler);
		this.peer = peer;
		this.other = other;
	}

	@Override
	public boolean isReady() {
		return this.underWay < WINDOW && super.isReady();
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
				this.peer.forget(this);
				closed();
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
	protected void sendClose() {
		this.peer.send(this.other, StompPeer.CLOSE, ByteBuffer.allocate(0));
	}

}
