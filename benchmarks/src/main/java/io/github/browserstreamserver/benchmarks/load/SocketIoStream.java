/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One end of a stream over Socket.IO.
 */
final class SocketIoStream implements StreamEnd {

	final String id;

	private final String other;

	private final SocketIoPeer peer;

	private final StreamHandler handler;

	private String room = "";

	private boolean accepted;

	private boolean closeSent;

	private boolean waiting;

	SocketIoStream(SocketIoPeer peer, String id, String other, StreamHandler handler) {
		this.peer = peer;
		this.id = id;
		this.other = other;
		this.handler = handler;
	}

	/**
	 * The other end is there.
	 * @param room who it is
	 */
	void accepted(String room) {
		this.room = room;
		this.accepted = true;
		this.handler.writable(this);
	}

	@Override
	public boolean isReady() {
		if (!this.accepted || this.closeSent || this.waiting) {
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
		this.peer.send(this.room, this.other, payload.duplicate());
	}

	void data(ByteBuffer part, boolean last) throws IOException {
		this.handler.received(this, part, last);
	}

	@Override
	public void close() {
		if (!this.closeSent) {
			this.closeSent = true;
			this.peer.send(this.room, SocketIoPeer.CLOSE, this.other);
		}
	}

	void closed() {
		close();
		this.handler.closed(this, null);
	}

}
