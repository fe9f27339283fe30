/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Sends a message, waits for the answer, and sends the next.
 */
final class Pinger implements StreamHandler {

	private final Checker checker;

	private final Payload payload;

	private final Latencies latencies;

	private boolean due = true;

	private long sentAt;

	/**
	 * Makes one.
	 * @param size of its messages
	 * @param latencies where the round trips are noted
	 */
	Pinger(int size, Latencies latencies) {
		this.checker = new Checker(size);
		this.payload = new Payload(size);
		this.latencies = latencies;
	}

	@Override
	public void writable(StreamEnd end) {
		if (this.due && end.isReady()) {
			this.due = false;
			this.sentAt = System.nanoTime();
			end.send(this.payload.next());
		}
	}

	@Override
	public void received(StreamEnd end, ByteBuffer part, boolean last) throws IOException {
		this.checker.receive(part, last);
		if (last) {
			this.latencies.add(System.nanoTime() - this.sentAt);
			this.due = true;
			writable(end);
		}
	}

}
