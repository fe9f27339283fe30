/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What the payloads of several frame types have in common.
 */
final class Payloads {

	private static final Pattern UNSAFE = Pattern
		.compile("[\\p{Cc}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");

	private static final int NO_ID = -1;

	private Payloads() {
	}

	/**
	 * Takes a length and so many bytes.
	 * @param payload the payload
	 * @param what its name, for the error
	 * @return the bytes, a view
	 * @throws ProtocolException if the length is none, or more than there is
	 */
	static ByteBuffer slice(ByteBuffer payload, String what) throws ProtocolException {
		return take(payload, length(payload, what, NO_ID));
	}

	/**
	 * Takes the length of a field. It makes no object, as there may be thousands of
	 * fields that nobody knows.
	 * @param payload the payload
	 * @param what what has fields, for the error
	 * @param id which field
	 * @return how many bytes the field has, all of them there
	 * @throws ProtocolException if the length is none, or more than there is
	 */
	static int length(ByteBuffer payload, String what, int id) throws ProtocolException {
		int length = Varint.read(payload, what);
		if (length > payload.remaining()) {
			throw new ProtocolException(what + ((id != NO_ID) ? " " + id : "") + " has a length of " + length + ", but "
					+ payload.remaining() + " bytes are left in the frame");
		}
		return length;
	}

	static ByteBuffer take(ByteBuffer payload, int length) {
		ByteBuffer taken = payload.slice(payload.position(), length);
		skip(payload, length);
		return taken;
	}

	static void skip(ByteBuffer payload, int length) {
		payload.position(payload.position() + length);
	}

	/**
	 * Decodes UTF-8 strictly.
	 * @param bytes the bytes
	 * @return the text, or {@code null} if they are not well-formed
	 */
	static @Nullable String text(ByteBuffer bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	/**
	 * Takes out of a reason what could do more than be read: it ends up in logs, in
	 * terminals and on pages.
	 * @param reason the reason
	 * @return the same with spaces for control characters, ends of lines and marks of
	 * direction
	 */
	static String clean(String reason) {
		return UNSAFE.matcher(reason).replaceAll(" ");
	}

	/**
	 * Encodes a reason, cleaned, and cuts it between two characters if it is too long.
	 * @param reason the reason
	 * @param most how many bytes it may have
	 * @return the UTF-8
	 */
	static byte[] reason(String reason, int most) {
		byte[] bytes = clean(reason).getBytes(StandardCharsets.UTF_8);
		if (bytes.length <= most) {
			return bytes;
		}
		int end = most;
		while ((bytes[end] & 0xc0) == 0x80) {
			end--;
		}
		byte[] cut = new byte[end];
		System.arraycopy(bytes, 0, cut, 0, end);
		return cut;
	}

}
