/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A frame of STOMP.
 *
 * @param command what it is
 * @param topic where it was sent to
 * @param kind our own header: what it means to a stream
 * @param body the bytes
 */
record StompFrame(String command, String topic, String kind, ByteBuffer body) {

	static final String PREFIX = "/topic/";

	static StompFrame read(ByteBuffer bytes) throws ProtocolException {
		String command = line(bytes);
		String topic = "";
		String kind = "";
		for (String header = line(bytes); !header.isEmpty(); header = line(bytes)) {
			if (header.startsWith("destination:" + PREFIX)) {
				topic = header.substring("destination:".length() + PREFIX.length());
			}
			else if (header.startsWith("kind:")) {
				kind = header.substring("kind:".length());
			}
		}
		if (!bytes.hasRemaining()) {
			throw new ProtocolException("a STOMP frame without an end");
		}
		return new StompFrame(command, topic, kind, bytes.slice(bytes.position(), bytes.remaining() - 1));
	}

	private static String line(ByteBuffer bytes) {
		StringBuilder line = new StringBuilder(64);
		while (bytes.hasRemaining()) {
			char next = (char) bytes.get();
			if (next == '\n') {
				break;
			}
			line.append(next);
		}
		return line.toString();
	}

	/**
	 * Writes a frame that goes to a topic.
	 * @param to where it is written
	 * @param topic the topic
	 * @param kind our own header
	 * @param body the bytes
	 */
	static void send(ByteBuffer to, String topic, String kind, ByteBuffer body) {
		String head = "SEND\ndestination:" + PREFIX + topic + "\nkind:" + kind
				+ "\ncontent-type:application/octet-stream\ncontent-length:" + body.remaining() + "\n\n";
		to.put(head.getBytes(StandardCharsets.US_ASCII)).put(body).put((byte) 0);
	}

}
