/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A line of mux-demux: an array in JSON. Strings of ours need no escapes.
 *
 * @param stream whose it is
 * @param event what happened to the stream
 * @param value what belongs to it: the text of a string, or another value as it is
 */
record MuxDemuxLine(String stream, String event, ByteBuffer value) {

	static final String DATA = "data";

	static final String END = "end";

	static final String CLOSE = "close";

	static final String ERROR = "error";

	private static final byte[] STRING_ENDS = "\"]\n".getBytes(StandardCharsets.US_ASCII);

	static MuxDemuxLine read(ByteBuffer bytes) throws ProtocolException {
		expect(bytes, '[');
		String stream = word(bytes);
		expect(bytes, ',');
		String event = word(bytes);
		int ends = bytes.limit() - 2;
		if (ends < bytes.position() || bytes.get(ends) != ']' || bytes.get(ends + 1) != '\n') {
			throw new ProtocolException("no whole line");
		}
		bytes.limit(ends);
		if (bytes.hasRemaining()) {
			expect(bytes, ',');
		}
		if (bytes.remaining() >= 2 && bytes.get(bytes.position()) == '"') {
			bytes.limit(ends - 1).get();
		}
		return new MuxDemuxLine(stream, event, bytes.slice());
	}

	private static void expect(ByteBuffer bytes, char wanted) throws ProtocolException {
		if (!bytes.hasRemaining() || bytes.get() != wanted) {
			throw new ProtocolException("no " + wanted + " before byte " + bytes.position() + " of a line");
		}
	}

	private static String word(ByteBuffer bytes) throws ProtocolException {
		expect(bytes, '"');
		StringBuilder word = new StringBuilder(32);
		while (bytes.hasRemaining()) {
			char next = (char) bytes.get();
			if (next == '"') {
				return word.toString();
			}
			word.append(next);
		}
		throw new ProtocolException("a line without an end");
	}

	static String open(String stream, String meta) {
		return "[\"" + stream + "\",\"new\",{\"meta\":\"" + meta
				+ "\",\"opts\":{\"writable\":true,\"readable\":true}}]\n";
	}

	static String event(String stream, String event) {
		return "[\"" + stream + "\",\"" + event + "\"]\n";
	}

	/**
	 * Writes a message that is a string.
	 * @param to where it is written
	 * @param stream whose it is
	 * @param text the string
	 */
	static void data(ByteBuffer to, String stream, ByteBuffer text) {
		to.put(("[\"" + stream + "\",\"data\",\"").getBytes(StandardCharsets.US_ASCII)).put(text).put(STRING_ENDS);
	}

	String text() {
		return StandardCharsets.UTF_8.decode(this.value.duplicate()).toString();
	}

}
