/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Whether the requests that bring a session's messages are answered, and which of them is
 * there: one at a time. Safe for use by several threads.
 */
final class XhrReading {

	private final Executor executor;

	/** The request that brings messages now. */
	private final AtomicReference<@Nullable XhrUpload> current = new AtomicReference<>();

	private volatile boolean suspended;

	private volatile boolean over;

	/**
	 * Creates it.
	 * @param executor answers a request that had to wait
	 */
	XhrReading(Executor executor) {
		this.executor = executor;
	}

	boolean begin(XhrUpload upload) {
		boolean begins = this.current.compareAndSet(null, upload);
		if (begins && this.over) {
			end(upload);
			return false;
		}
		return begins;
	}

	/**
	 * The session takes nothing more: a request that still brings something is answered,
	 * so that nobody waits for the rest of it.
	 */
	void finish() {
		this.over = true;
		XhrUpload upload = this.current.get();
		if (upload != null) {
			this.executor.execute(upload::sessionEnded);
		}
	}

	boolean isOver() {
		return this.over;
	}

	void end(XhrUpload upload) {
		this.current.compareAndSet(upload, null);
	}

	boolean suspend() {
		this.suspended = true;
		return true;
	}

	void resume() {
		this.suspended = false;
		XhrUpload upload = this.current.get();
		if (upload != null) {
			upload.resumed();
		}
	}

	boolean isSuspended() {
		return this.suspended;
	}

	Executor executor() {
		return this.executor;
	}

}
