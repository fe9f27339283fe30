/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.BinaryWebSocketHandler;

/**
 * The application's end of a raw WebSocket, as most people write it.
 */
class RawEnd extends BinaryWebSocketHandler {

	private static final int LARGEST_MESSAGE = 1024 * 1024;

	private static final String LEFT = "left";

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		session.setBinaryMessageSizeLimit(LARGEST_MESSAGE);
		Transfer transfer = Transfer.of(Objects.requireNonNull(session.getUri()).getPath());
		if (transfer.up()) {
			session.getAttributes().put(LEFT, new AtomicLong(transfer.bytes()));
		}
		else {
			new Thread(() -> send(session, transfer), "raw-end").start();
		}
	}

	@Override
	protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) throws IOException {
		AtomicLong left = (AtomicLong) Objects.requireNonNull(session.getAttributes().get(LEFT));
		if (left.addAndGet(-message.getPayloadLength()) == 0) {
			session.sendMessage(new TextMessage("done"));
		}
	}

	/** Waits for a slow page in each call. */
	private static void send(WebSocketSession session, Transfer transfer) {
		byte[] bytes = new byte[transfer.size()];
		try {
			for (long sent = 0; sent < transfer.count(); sent++) {
				session.sendMessage(new BinaryMessage(ByteBuffer.wrap(bytes)));
			}
		}
		catch (IOException ex) {
			// The page sees it: its transfer does not come to its end.
		}
	}

}
