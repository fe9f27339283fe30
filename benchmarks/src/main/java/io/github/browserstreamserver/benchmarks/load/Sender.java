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

	private long most = Long.MAX_VALUE;

	private @Nullable StreamEnd end;

	Sender(int size) {
		this.payload = new Payload(size);
	}

	@Override
	public void writable(StreamEnd end) {
		this.end = end;
		while (this.payload.count() < this.most && end.isReady()) {
			end.send(this.payload.next());
		}
	}

	void stop() {
		this.most = this.payload.count();
	}

	/**
	 * Sends again after {@link #stop}.
	 * @param more how many messages
	 */
	void resume(long more) {
		this.most = this.payload.count() + more;
		if (this.end != null) {
			writable(this.end);
		}
	}

	long count() {
		return this.payload.count();
	}

	@Override
	public void received(StreamEnd end, ByteBuffer part, boolean last) throws IOException {
		throw new IOException("an answer to a sender that asked for none");
	}

}
