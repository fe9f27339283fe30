/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * What the payloads of several frame types have in common.
 */
final class Payloads {

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
		int length = Varint.read(payload, what + " length");
		if (length > payload.remaining()) {
			throw new ProtocolException(what + " has a length of " + length + ", but " + payload.remaining()
					+ " bytes are left in the frame");
		}
		ByteBuffer slice = payload.slice(payload.position(), length);
		payload.position(payload.position() + length);
		return slice;
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
	 * Encodes a reason and cuts it between two characters if it is too long.
	 * @param reason the reason
	 * @param most how many bytes it may have
	 * @return the UTF-8
	 */
	static byte[] reason(String reason, int most) {
		byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
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
