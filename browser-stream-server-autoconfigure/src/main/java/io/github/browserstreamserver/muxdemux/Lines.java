/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.charset.StandardCharsets;

import io.github.browserstreamserver.stream.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines, to the letter as the original's proxy wrote them: its clients compare the
 * codes and messages of errors.
 */
final class Lines {

	/** What tells both clients that they are joined. */
	static final byte[] OPEN = Json.quoted("[stream-server]:open");

	private static final int MOST_OF_A_META = 1_024;

	private Lines() {
	}

	/**
	 * Writes a line.
	 * @param id the stream's
	 * @param event what happens to it
	 * @param value a JSON value, or {@code null} for none
	 * @return the line with its newline
	 */
	static byte[] line(String id, String event, byte @Nullable [] value) {
		byte[] quotedId = Json.quoted(id);
		byte[] quotedEvent = Json.quoted(event);
		int valueLength = (value != null) ? value.length + 1 : 0;
		byte[] line = new byte[quotedId.length + quotedEvent.length + valueLength + 4];
		int at = 0;
		line[at++] = '[';
		System.arraycopy(quotedId, 0, line, at, quotedId.length);
		at += quotedId.length;
		line[at++] = ',';
		System.arraycopy(quotedEvent, 0, line, at, quotedEvent.length);
		at += quotedEvent.length;
		if (value != null) {
			line[at++] = ',';
			System.arraycopy(value, 0, line, at, value.length);
			at += value.length;
		}
		line[at++] = ']';
		line[at] = '\n';
		return line;
	}

	/**
	 * Writes the value of an error line.
	 * @param role what the stream is for
	 * @param name the server's name, or the meta of a route
	 * @param code why it ends
	 * @param reason for people
	 * @return a JSON value
	 */
	static byte[] error(StreamRole role, String name, ErrorCode code, String reason) {
		if (role == StreamRole.LISTEN && code == ErrorCode.NAME_TAKEN) {
			return error("500", "server already exists", name);
		}
		if (role == StreamRole.CONNECT && code == ErrorCode.NO_SUCH_SERVER) {
			return error("404", "server does not exist", name);
		}
		if (role == StreamRole.ROUTE && code == ErrorCode.NO_SUCH_ROUTE) {
			return noRoute(name);
		}
		return error(code.name(), reason, name);
	}

	static byte[] noClient(String client) {
		return error("500", "cannot open client-server connection", client);
	}

	static byte[] noServerToAccept(String name) {
		return error("500", "cannot open client-server connection, server doesnot exist", name);
	}

	static byte[] invalidName(String name) {
		return error("400", "a server name must be URI-encoded, with 1 to 255 bytes and no control characters", name);
	}

	static byte[] noRoute(String meta) {
		return Json.quoted("404: invalid route: " + shortened(meta));
	}

	static byte[] error(String code, String message, String details) {
		byte[] quotedDetails = Json.quoted(shortened(details));
		byte[] begin = ("{\"code\":" + string(code) + ",\"library\":\"[stream-server]\",\"message\":" + string(message)
				+ ",\"details\":")
			.getBytes(StandardCharsets.UTF_8);
		byte[] error = new byte[begin.length + quotedDetails.length + 1];
		System.arraycopy(begin, 0, error, 0, begin.length);
		System.arraycopy(quotedDetails, 0, error, begin.length, quotedDetails.length);
		error[error.length - 1] = '}';
		return error;
	}

	private static String string(String text) {
		return new String(Json.quoted(text), StandardCharsets.UTF_8);
	}

	/** A peer must not make us send many times what it sent. */
	private static String shortened(String text) {
		return (text.length() > MOST_OF_A_META) ? text.substring(0, MOST_OF_A_META) : text;
	}

}
