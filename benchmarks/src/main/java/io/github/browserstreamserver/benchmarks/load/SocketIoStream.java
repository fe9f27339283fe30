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
final class SocketIoStream extends MessageStream {

	private final String other;

	private final SocketIoPeer peer;

	private String room = "";

	SocketIoStream(SocketIoPeer peer, String id, String other, StreamHandler handler) {
		super(peer, id, handler);
		this.peer = peer;
		this.other = other;
	}

	/**
	 * The other end is there.
	 * @param room who it is
	 */
	void accepted(String room) {
		this.room = room;
		accepted();
	}

	@Override
	public void send(ByteBuffer payload) {
		this.peer.send(this.room, this.other, payload.duplicate());
	}

	void data(ByteBuffer part, boolean last) throws IOException {
		this.handler.received(this, part, last);
	}

	@Override
	protected void sendClose() {
		this.peer.send(this.room, SocketIoPeer.CLOSE, this.other);
	}

}
