/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * Frames as a client sends them (RFC 6455, 5.2), good and bad, written down naively a
 * second time.
 *
 * @param first the first byte: final, reserved bits, opcode
 * @param masked whether the mask bit is set, and a mask follows
 * @param form the value of the seven bits of the length
 * @param length what the extended length says, if the form has one
 * @param mask the mask
 * @param payload the payload before it is masked
 */
record ClientFrame(int first, boolean masked, int form, long length, int mask, byte[] payload) {

	private static final int MASK = 0x37fa213d;

	static ClientFrame binary(byte... payload) {
		return of(0x82, payload);
	}

	static ClientFrame begin(byte... payload) {
		return of(0x02, payload);
	}

	static ClientFrame middle(byte... payload) {
		return of(0x00, payload);
	}

	static ClientFrame end(byte... payload) {
		return of(0x80, payload);
	}

	static ClientFrame text(byte... payload) {
		return of(0x81, payload);
	}

	static ClientFrame ping(byte... payload) {
		return of(0x89, payload);
	}

	static ClientFrame pong(byte... payload) {
		return of(0x8a, payload);
	}

	static ClientFrame close(byte... payload) {
		return of(0x88, payload);
	}

	static ClientFrame close(int code, byte... reason) {
		byte[] payload = new byte[2 + reason.length];
		payload[0] = (byte) (code >> 8);
		payload[1] = (byte) code;
		System.arraycopy(reason, 0, payload, 2, reason.length);
		return close(payload);
	}

	/**
	 * A masked frame with a length in its shortest form.
	 * @param first its first byte
	 * @param payload its payload
	 * @return the frame
	 */
	static ClientFrame of(int first, byte... payload) {
		int form = (payload.length < 126) ? payload.length : (payload.length < 65_536) ? 126 : 127;
		return new ClientFrame(first, true, form, payload.length, MASK, payload);
	}

	ClientFrame withMask(int other) {
		return new ClientFrame(this.first, true, this.form, this.length, other, this.payload);
	}

	ClientFrame withoutMask() {
		return new ClientFrame(this.first, false, this.form, this.length, 0, this.payload);
	}

	/**
	 * The same frame with another length than it has.
	 * @param otherForm 126, 127, or a short length itself
	 * @param otherLength what is written behind 126 and 127
	 * @return the frame
	 */
	ClientFrame withLength(int otherForm, long otherLength) {
		return new ClientFrame(this.first, this.masked, otherForm, otherLength, this.mask, this.payload);
	}

	byte[] bytes() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(this.first);
		out.write((this.masked ? 0x80 : 0) | this.form);
		int extended = (this.form == 126) ? 2 : (this.form == 127) ? 8 : 0;
		number(out, this.length, extended);
		if (this.masked) {
			number(out, this.mask, 4);
		}
		for (int index = 0; index < this.payload.length; index++) {
			out.write(this.payload[index] ^ (this.mask >> 8 * (3 - index % 4)));
		}
		return out.toByteArray();
	}

	private static void number(ByteArrayOutputStream out, long number, int bytes) {
		for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
			out.write((int) (number >> shift));
		}
	}

	static byte[] bytes(ClientFrame... frames) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (ClientFrame frame : frames) {
			out.writeBytes(frame.bytes());
		}
		return out.toByteArray();
	}

	@Override
	public String toString() {
		byte[] bytes = bytes();
		return HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(bytes.length, 40));
	}

}
