/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.net.ProtocolException;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a WebSocket.
 *
 * @param port of the relay
 * @param path of its endpoint
 * @param subprotocol or {@code null} for none
 */
record ClientHandshake(int port, String path, @Nullable String subprotocol) implements Handshake {

	@Override
	public String begin() {
		return "GET " + this.path + " HTTP/1.1\r\nHost: localhost:" + this.port
				+ "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				+ ((this.subprotocol != null) ? "Sec-WebSocket-Protocol: " + this.subprotocol + "\r\n" : "") + "\r\n";
	}

	@Override
	public String answer(String head) throws ProtocolException {
		if (!head.startsWith("HTTP/1.1 101 ")) {
			throw new ProtocolException(head);
		}
		return "";
	}

	@Override
	public boolean masks() {
		return true;
	}

}
