/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.nio.ByteBuffer;
import java.util.Set;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.StreamEnd;

/**
 * Hands all that it is told on to another end; who extends it looks at what goes by.
 */
abstract class ForwardingEnd implements StreamEnd {

	private final StreamEnd to;

	ForwardingEnd(StreamEnd to) {
		this.to = to;
	}

	/**
	 * Returns where all goes.
	 * @return the end behind this one
	 */
	final StreamEnd to() {
		return this.to;
	}

	@Override
	public void accept() {
		this.to.accept();
	}

	@Override
	public void data(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
		this.to.data(kind, first, last, payload, cost);
	}

	@Override
	public void end() {
		this.to.end();
	}

	@Override
	public void hangUp() {
		this.to.hangUp();
	}

	@Override
	public void reset(ErrorCode code, String reason) {
		this.to.reset(code, reason);
	}

	@Override
	public boolean waitsFor(Object unread, Set<Object> seen) {
		return this.to.waitsFor(unread, seen);
	}

	@Override
	public void released(int cost) {
		this.to.released(cost);
	}

}
