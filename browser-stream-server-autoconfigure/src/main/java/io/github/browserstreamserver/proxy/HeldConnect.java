/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Peer;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;

/**
 * A client that waits for somebody who listens on the name that it wants.
 */
final class HeldConnect {

	private final Peer from;

	private final StreamRequest request;

	private final HeldStream stream;

	/** Cancels the end of its waiting; what runs is run once at most. */
	private final AtomicReference<@Nullable Runnable> timer = new AtomicReference<>();

	/**
	 * Creates it; nothing is held before {@link #begin()}.
	 * @param from who the client is, and bears it that it waits
	 * @param request what the client asked for
	 * @param client the client's end
	 * @param onGone called when the client goes while it waits
	 */
	HeldConnect(Peer from, StreamRequest request, StreamEnd client, Consumer<HeldConnect> onGone) {
		this.from = from;
		this.request = request;
		this.stream = new HeldStream(client, () -> {
			onGone.accept(this);
			cancel();
		});
	}

	void begin() {
		this.stream.begin();
	}

	/**
	 * Says what ends its waiting, to be cancelled when it ends before.
	 * @param cancel cancels it; does nothing when it is over
	 */
	void endsBy(Runnable cancel) {
		this.timer.set(cancel);
	}

	private void cancel() {
		Runnable waiting = this.timer.getAndSet(null);
		if (waiting != null) {
			waiting.run();
		}
	}

	boolean isGone() {
		return this.stream.isGone();
	}

	Peer from() {
		return this.from;
	}

	String name() {
		return this.request.target();
	}

	/**
	 * Joins the client with a host.
	 * @param lease the host's hold on the name
	 * @return whether the name is still held
	 */
	boolean connect(Lease lease) {
		cancel();
		return lease.connect(this.request, this.stream.opener());
	}

	void reset(ErrorCode code, String reason) {
		cancel();
		this.stream.opener().reset(code, reason);
	}

}
