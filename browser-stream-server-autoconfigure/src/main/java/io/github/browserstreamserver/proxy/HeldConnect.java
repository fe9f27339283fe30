/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.function.Consumer;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamRequest;

/**
 * A client that waits for somebody who listens on the name that it wants.
 */
final class HeldConnect {

	private final StreamRequest request;

	private final HeldStream stream;

	/**
	 * Creates it; nothing is held before {@link #begin()}.
	 * @param request what the client asked for
	 * @param client the client's end
	 * @param onGone called when the client goes while it waits
	 */
	HeldConnect(StreamRequest request, StreamEnd client, Consumer<HeldConnect> onGone) {
		this.request = request;
		this.stream = new HeldStream(client, () -> onGone.accept(this));
	}

	void begin() {
		this.stream.begin();
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
		return lease.connect(this.request, this.stream.opener());
	}

	void reset(ErrorCode code, String reason) {
		this.stream.opener().reset(code, reason);
	}

}
