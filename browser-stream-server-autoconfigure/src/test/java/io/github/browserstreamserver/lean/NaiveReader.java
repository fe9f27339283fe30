/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * RFC 6455 read a second time, from an array and without a thought of speed.
 */
final class NaiveReader {

	private static final BigInteger MAX_LENGTH = BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE);

	private final byte[] bytes;

	private final List<String> events = new ArrayList<>();

	private final ByteArrayOutputStream data = new ByteArrayOutputStream();

	private int at;

	private boolean insideMessage;

	private NaiveReader(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Reads all there is.
	 * @param bytes what a client sent
	 * @return as {@link ReaderRecorder} has it, with {@code failed} and a code at the end
	 * if it is not allowed
	 */
	static List<String> events(byte[] bytes) {
		NaiveReader reader = new NaiveReader(bytes);
		String end = "";
		while (end.isEmpty()) {
			end = reader.frame();
		}
		reader.flush();
		if (end.startsWith("failed")) {
			reader.events.add(end);
		}
		return reader.events;
	}

	/**
	 * Reads a frame.
	 * @return why it was the last, or nothing
	 */
	private String frame() {
		if (left() < 1) {
			return "more";
		}
		int first = next();
		int opcode = first % 16;
		boolean last = first >= 128;
		if (first % 128 / 16 != 0 || (opcode > 2 && opcode < 8) || opcode > 10 || (opcode >= 8 && !last)
				|| (opcode == 0 && !this.insideMessage) || ((opcode == 1 || opcode == 2) && this.insideMessage)) {
			return "failed 1002";
		}
		if (opcode == 1) {
			add("text");
		}
		if (opcode < 8) {
			this.insideMessage = !last;
		}
		if (left() < 1) {
			return "more";
		}
		int second = next();
		int form = second % 128;
		if (second < 128 || (opcode >= 8 && form > 125)) {
			return "failed 1002";
		}
		int extended = (form == 126) ? 2 : (form == 127) ? 8 : 0;
		if (left() < extended + 4) {
			return "more";
		}
		BigInteger length = (extended == 0) ? BigInteger.valueOf(form) : new BigInteger(1, take(extended));
		BigInteger least = BigInteger.valueOf((extended == 0) ? 0 : (extended == 2) ? 126 : 65_536);
		if (length.compareTo(least) < 0 || length.compareTo(MAX_LENGTH) > 0) {
			return "failed 1002";
		}
		byte[] mask = take(4);
		return payload(opcode, last, length, mask);
	}

	private String payload(int opcode, boolean last, BigInteger length, byte[] mask) {
		boolean whole = length.compareTo(BigInteger.valueOf(left())) <= 0;
		byte[] payload = take(whole ? length.intValue() : left());
		for (int index = 0; index < payload.length; index++) {
			payload[index] ^= mask[index % 4];
		}
		if (opcode < 8) {
			this.data.writeBytes(payload);
			if (whole && last) {
				add(ReaderRecorder.END);
			}
		}
		else if (whole && opcode == 9) {
			add(ReaderRecorder.pinged(payload));
		}
		else if (whole && opcode == 8) {
			return close(payload);
		}
		return whole ? "" : "more";
	}

	private String close(byte[] payload) {
		if (payload.length == 0) {
			add("close 1005 null");
			return "closed";
		}
		if (payload.length == 1) {
			return "failed 1002";
		}
		int code = (payload[0] & 0xff) * 256 + (payload[1] & 0xff);
		if (!List.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014).contains(code)
				&& code / 1000 != 3 && code / 1000 != 4) {
			return "failed 1002";
		}
		byte[] reason = Arrays.copyOfRange(payload, 2, payload.length);
		String text = new String(reason, StandardCharsets.UTF_8);
		if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), reason)) {
			return "failed 1007";
		}
		add("close " + code + " " + text);
		return "closed";
	}

	private void add(String event) {
		flush();
		this.events.add(event);
	}

	private void flush() {
		if (this.data.size() > 0) {
			this.events.add(ReaderRecorder.data(this.data.toByteArray()));
			this.data.reset();
		}
	}

	private int left() {
		return this.bytes.length - this.at;
	}

	private int next() {
		return this.bytes[this.at++] & 0xff;
	}

	private byte[] take(int count) {
		this.at += count;
		return Arrays.copyOfRange(this.bytes, this.at - count, this.at);
	}

}
