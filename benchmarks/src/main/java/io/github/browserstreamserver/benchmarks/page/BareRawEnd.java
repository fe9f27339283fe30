/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The other end of a raw WebSocket: one WebSocket message for each of the transfer.
 */
final class BareRawEnd {

	private final BareSocket socket;

	private final Transfer transfer;

	BareRawEnd(BareSocket socket, Transfer transfer) {
		this.socket = socket;
		this.transfer = transfer;
	}

	void run() throws IOException {
		if (this.transfer.up()) {
			for (long left = this.transfer.bytes(); left > 0;) {
				left -= this.socket.skip(left);
			}
			this.socket.send("done");
		}
		else {
			ByteBuffer payload = ByteBuffer.allocateDirect(this.transfer.size());
			for (long sent = 0; sent < this.transfer.count(); sent++) {
				this.socket.send(payload.clear());
			}
		}
		// Until the page closes.
		while (true) {
			this.socket.read();
		}
	}

}
