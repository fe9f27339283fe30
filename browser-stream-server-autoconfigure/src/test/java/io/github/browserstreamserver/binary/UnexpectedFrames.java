/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * A handler for a test that awaits only some of the frames.
 */
class UnexpectedFrames implements FrameHandler {

	private static AssertionError unexpected(String type) {
		return new AssertionError(type + " was not expected");
	}

	@Override
	public void hello(Settings settings) {
		throw unexpected("HELLO");
	}

	@Override
	public void ping(boolean answer, ByteBuffer payload) {
		throw unexpected("PING");
	}

	@Override
	public void open(int stream, OpenPayload open) {
		throw unexpected("OPEN");
	}

	@Override
	public void accept(int stream) {
		throw unexpected("ACCEPT");
	}

	@Override
	public void data(int stream, @Nullable MessageKind kind, boolean first, boolean last, ByteBuffer part, int charge) {
		throw unexpected("DATA");
	}

	@Override
	public void credit(int stream, int bytes) {
		throw unexpected("CREDIT");
	}

	@Override
	public void end(int stream) {
		throw unexpected("END");
	}

	@Override
	public void reset(int stream, ErrorCode code, String reason) {
		throw unexpected("RESET");
	}

	@Override
	public void skipped() {
		throw unexpected("a frame that is skipped");
	}

}
