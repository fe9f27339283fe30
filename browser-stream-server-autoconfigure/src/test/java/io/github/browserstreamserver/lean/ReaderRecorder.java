/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.springframework.web.socket.CloseStatus;

/**
 * What a reader found, the same wherever its input was cut: parts that follow on each
 * other are one.
 */
final class ReaderRecorder implements WebSocketReader.Handler {

	static final String END = "end";

	private final List<String> events = new ArrayList<>();

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	static String data(byte... bytes) {
		return "data " + HexFormat.of().formatHex(bytes);
	}

	static String pinged(byte... bytes) {
		return "ping " + HexFormat.of().formatHex(bytes);
	}

	@Override
	public void data(ByteBuffer part, boolean last) {
		byte[] copy = new byte[part.remaining()];
		part.get(copy);
		this.bytes.writeBytes(copy);
		if (last) {
			add(END);
		}
	}

	@Override
	public void text() {
		add("text");
	}

	@Override
	public void ping(byte[] payload) {
		add(pinged(payload));
	}

	@Override
	public void pong(byte[] payload) {
	}

	@Override
	public void close(ByteBuffer payload) throws WebSocketException {
		CloseStatus status = CloseCode.read(payload);
		add("close " + status.getCode() + " " + status.getReason());
	}

	void add(String event) {
		if (this.bytes.size() > 0) {
			this.events.add(data(this.bytes.toByteArray()));
			this.bytes.reset();
		}
		this.events.add(event);
	}

	/**
	 * Tells what came.
	 * @return the events, with a last one for bytes that are not followed by anything
	 */
	List<String> events() {
		List<String> all = new ArrayList<>(this.events);
		if (this.bytes.size() > 0) {
			all.add(data(this.bytes.toByteArray()));
		}
		return all;
	}

}
