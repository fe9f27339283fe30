/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.concurrent.CompletableFuture;

import io.github.browserstreamserver.stream.Message;

/**
 * A message that Java code wrote, how much of it was passed on, and who is to be told.
 * Guarded by the stream's lock.
 */
final class PendingWrite {

	private final Message message;

	private final CompletableFuture<Void> future = new CompletableFuture<>();

	private int passed;

	private boolean handedOut;

	PendingWrite(Message message) {
		this.message = message;
	}

	Message message() {
		return this.message;
	}

	CompletableFuture<Void> future() {
		return this.future;
	}

	/**
	 * Returns how many bytes were passed on.
	 */
	int passed() {
		return this.passed;
	}

	void pass(int bytes) {
		this.passed += bytes;
	}

	/**
	 * The user gets the future, and may hang code on it that must not run in a thread of
	 * the proxy.
	 */
	void handOut() {
		this.handedOut = true;
	}

	/**
	 * Tells that the whole message was passed on, if nobody but a waiting thread can have
	 * the future yet: that takes no other thread.
	 * @return whether the user may have it, so that it is to be completed where the
	 * user's code may run
	 */
	boolean passedOn() {
		if (!this.handedOut) {
			this.future.complete(null);
		}
		return this.handedOut;
	}

}
