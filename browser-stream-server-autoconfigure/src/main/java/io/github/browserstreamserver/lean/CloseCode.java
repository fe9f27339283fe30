/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.springframework.web.socket.CloseStatus;

/**
 * The payload of close frames (RFC 6455, 5.5.1 and 7.4).
 */
final class CloseCode {

	static final int PROTOCOL_ERROR = 1002;

	private static final int NOT_CONSISTENT = 1007;

	private static final int MAX_REASON = 123;

	private CloseCode() {
	}

	/**
	 * Tells whether a peer may send a code.
	 * @param code the code
	 * @return whether it is defined for use on the wire, or left to applications
	 */
	static boolean isAllowed(int code) {
		return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
				|| (code >= 3000 && code < 5000);
	}

	/**
	 * Tells whether a peer that closes so goes for good, and not because its line or its
	 * program is broken.
	 * @param code the code
	 * @return whether it takes its leave
	 */
	static boolean isLeave(int code) {
		return code == CloseStatus.NORMAL.getCode() || code == CloseStatus.GOING_AWAY.getCode()
				|| code == CloseStatus.NO_STATUS_CODE.getCode();
	}

	/**
	 * Reads the payload of a close frame.
	 * @param payload up to 125 bytes
	 * @return what it says
	 * @throws WebSocketException if it is malformed
	 */
	static CloseStatus read(ByteBuffer payload) throws WebSocketException {
		if (!payload.hasRemaining()) {
			return CloseStatus.NO_STATUS_CODE;
		}
		if (payload.remaining() == 1) {
			throw WebSocketException.protocolError("a close frame with half a code");
		}
		int code = payload.getShort() & 0xffff;
		if (!isAllowed(code)) {
			throw WebSocketException.protocolError("a close frame with the code " + code);
		}
		try {
			return new CloseStatus(code, StandardCharsets.UTF_8.newDecoder().decode(payload).toString());
		}
		catch (CharacterCodingException ex) {
			throw new WebSocketException(NOT_CONSISTENT, "a close frame with a reason that is not UTF-8");
		}
	}

	/**
	 * Writes a whole close frame.
	 * @param code the code
	 * @param reason for people; cut between two characters if it is too long
	 * @return the frame
	 */
	static ByteBuffer frame(int code, String reason) {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		int length = Math.min(text.length, MAX_REASON);
		while (length < text.length && length > 0 && (text[length] & 0xc0) == 0x80) {
			length--;
		}
		ByteBuffer frame = ByteBuffer.allocate(2 + 2 + length);
		frame.put((byte) (WebSocketHead.FINAL | WebSocketHead.CLOSE)).put((byte) (2 + length));
		return frame.putShort((short) code).put(text, 0, length).flip();
	}

	/**
	 * Makes the answer to a close frame without a code.
	 * @return the whole frame
	 */
	static ByteBuffer emptyFrame() {
		return ByteBuffer.allocate(2).put((byte) (WebSocketHead.FINAL | WebSocketHead.CLOSE)).put((byte) 0).flip();
	}

}
