/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One end of a stream of the original: there when the proxy says that it is open.
 */
final class OriginalStream extends MessageStream {

	private static final String OPEN = "[stream-server]:open";

	private final OriginalPeer peer;

	private boolean open;

	OriginalStream(OriginalPeer peer, String id, StreamHandler handler) {
		super(peer, id, handler);
		this.peer = peer;
	}

	void data(MuxDemuxLine line) throws IOException {
		if (this.open) {
			this.handler.received(this, line.value(), true);
		}
		else if (line.text().equals(OPEN)) {
			this.open = true;
			accepted();
		}
		else {
			throw new IOException("data before a stream is open: " + line.text());
		}
	}

	@Override
	public void send(ByteBuffer payload) {
		this.peer.data(this.id, payload.duplicate());
	}

	@Override
	protected void sendClose() {
		this.peer.end(this.id);
	}

}
