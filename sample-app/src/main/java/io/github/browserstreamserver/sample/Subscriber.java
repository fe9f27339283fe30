/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample;

import java.util.function.Supplier;

import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.Message;
import org.jspecify.annotations.Nullable;

/**
 * A stream to somebody who wants to know the newest state, and only that: one message is
 * on its way at a time, and what changes meanwhile is in the next. So nothing piles up
 * for a reader that is slow, and nobody waits for it.
 */
final class Subscriber {

	private final DuplexStream stream;

	private final Supplier<Message> state;

	// Both guarded by this.

	private boolean writing;

	private boolean changed;

	/** Only used by whoever set {@link #writing}. */
	private @Nullable Message last;

	Subscriber(DuplexStream stream, Supplier<Message> state) {
		this.stream = stream;
		this.state = state;
	}

	/** Sends the state as it is now, and then whenever it changes. */
	void start() {
		refresh();
		leaveWithReader();
	}

	/** The state may have changed. Safe for use by several threads. */
	void refresh() {
		if (startWriting()) {
			write();
		}
	}

	private synchronized boolean startWriting() {
		this.changed = true;
		boolean start = !this.writing;
		this.writing = true;
		return start;
	}

	private synchronized boolean goOn() {
		this.writing = this.changed;
		this.changed = false;
		return this.writing;
	}

	private void write() {
		while (goOn()) {
			Message newest = this.state.get();
			if (this.last == null || !newest.equals(this.last)) {
				this.last = newest;
				// It only fails when the stream is gone.
				var unused = this.stream.write(newest).thenRunAsync(this::write);
				return;
			}
		}
	}

	/** What a reader says is dropped; when it ends, so do we. */
	private void leaveWithReader() {
		var unused = this.stream.read().thenAcceptAsync((message) -> {
			if (message.isPresent()) {
				leaveWithReader();
			}
			else {
				this.stream.end();
			}
		});
	}

}
