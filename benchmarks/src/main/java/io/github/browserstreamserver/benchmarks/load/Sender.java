/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Sends messages as fast as the stream takes them, and expects none.
 */
final class Sender implements StreamHandler {

	private final Payload payload;

	private final long most;

	private @Nullable StreamEnd end;

	private boolean stopped;

	Sender(int size) {
		this(size, Long.MAX_VALUE);
	}

	Sender(int size, long most) {
		this.payload = new Payload(size);
		this.most = most;
	}

	@Override
	public void writable(StreamEnd end) {
		this.end = end;
		while (!this.stopped && this.payload.count() < this.most && end.isReady()) {
			end.send(this.payload.next());
		}
	}

	void stop() {
		this.stopped = true;
	}

	/**
	 * Sends again after {@link #stop}.
	 */
	void resume() {
		this.stopped = false;
		if (this.end != null) {
			writable(this.end);
		}
	}

	@Override
	public void received(StreamEnd end, ByteBuffer part, boolean last) throws IOException {
		throw new IOException("an answer to a sender that asked for none");
	}

}
