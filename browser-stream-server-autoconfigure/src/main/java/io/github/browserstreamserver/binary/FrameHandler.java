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
 * What a {@link FrameReader} found, in the order in which it came in. The form of the
 * frames is checked, their place in the conversation is not.
 */
interface FrameHandler {

	void hello(Settings settings) throws ProtocolException;

	void ping(boolean answer, ByteBuffer payload) throws ProtocolException;

	void open(int stream, OpenPayload open) throws ProtocolException;

	void accept(int stream) throws ProtocolException;

	/**
	 * The whole DATA frame, or a part of it that came in.
	 * @param stream the stream's id
	 * @param kind the message's kind, or {@code null} if it is none that exists
	 * @param first whether a message begins here
	 * @param last whether a message ends here
	 * @param part the bytes, valid during the call
	 * @param charge what the frame costs, told with its first part; else 0
	 * @throws ProtocolException if the connection must end
	 */
	void data(int stream, @Nullable MessageKind kind, boolean first, boolean last, ByteBuffer part, int charge)
			throws ProtocolException;

	void credit(int stream, int bytes) throws ProtocolException;

	void end(int stream) throws ProtocolException;

	void reset(int stream, ErrorCode code, String reason) throws ProtocolException;

	/**
	 * Memory is needed for a frame that has not come in whole.
	 * @param bytes how much more
	 * @throws ProtocolException if the connection must end
	 */
	default void assembles(int bytes) throws ProtocolException {
	}

	/**
	 * A frame has come in whole, and what was needed for it is given back.
	 * @param bytes how much
	 */
	default void assembled(int bytes) {
	}

	/**
	 * A frame that is to be skipped, told so that a conversation which begins with one is
	 * seen.
	 * @throws ProtocolException if the connection must end
	 */
	void skipped() throws ProtocolException;

}
