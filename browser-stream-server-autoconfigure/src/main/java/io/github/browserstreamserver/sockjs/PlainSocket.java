/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.websocket.StreamConnections;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket without frames of SockJS: its messages are the text, and binary ones are
 * taken as the same stream of bytes.
 */
final class PlainSocket extends TextSocket {

	/** Made at the first text; used by the thread that receives. */
	private @Nullable Utf8Output text;

	PlainSocket(Session session, StreamConnections connections) {
		super(session, connections);
	}

	@Override
	void receive(Connection connection, String part, boolean last) {
		Utf8Output output = this.text;
		if (output == null) {
			output = new Utf8Output((bytes) -> connection.received(bytes, true));
			this.text = output;
		}
		output.put(part);
		if (last) {
			output.endText();
		}
		output.flush();
	}

	@Override
	void receive(Connection connection, ByteBuffer part, boolean last) {
		connection.received(part, last);
	}

	@Override
	public void write(ByteBuffer message, Completion completion) {
		if (message.hasRemaining()) {
			String text = StandardCharsets.UTF_8.decode(message.duplicate()).toString();
			completion.bufferFree();
			send(text, completion);
		}
		else {
			ping(completion);
		}
	}

}
