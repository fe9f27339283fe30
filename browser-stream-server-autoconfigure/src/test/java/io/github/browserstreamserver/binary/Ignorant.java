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
 * Looks at no frame, so that only the reader allocates.
 */
class Ignorant implements FrameHandler {

	@Override
	public void hello(Settings settings) {
	}

	@Override
	public void ping(boolean answer, ByteBuffer payload) {
	}

	@Override
	public void open(int stream, OpenPayload open) {
	}

	@Override
	public void accept(int stream) {
	}

	@Override
	public void data(int stream, @Nullable MessageKind kind, boolean first, boolean last, ByteBuffer part, int charge) {
	}

	@Override
	public void credit(int stream, int bytes) {
	}

	@Override
	public void end(int stream) {
	}

	@Override
	public void reset(int stream, ErrorCode code, String reason) {
	}

	@Override
	public void skipped() {
	}

}
