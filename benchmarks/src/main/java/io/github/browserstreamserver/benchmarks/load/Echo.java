/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Answers each message with one of the same size and number.
 */
final class Echo implements StreamHandler {

	private final Checker checker;

	private final Payload payload;

	private boolean due;

	Echo(int size) {
		this.checker = new Checker(size);
		this.payload = new Payload(size);
	}

	@Override
	public void received(StreamEnd end, ByteBuffer part, boolean last) throws IOException {
		this.checker.receive(part, last);
		if (last) {
			this.due = true;
			writable(end);
		}
	}

	@Override
	public void writable(StreamEnd end) {
		if (this.due && end.isReady()) {
			this.due = false;
			end.send(this.payload.next());
		}
	}

}
