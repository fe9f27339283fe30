/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers who asks for a WebSocket.
 */
final class ServerHandshake implements Handshake {

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final Pattern PATH = Pattern.compile("GET (\\S+) HTTP/1\\.1\r\n");

	private static final Pattern KEY = Pattern.compile("\r\nSec-WebSocket-Key: (\\S+)\r\n", Pattern.CASE_INSENSITIVE);

	private String path = "";

	@Override
	public String begin() {
		return "";
	}

	@Override
	public String answer(String head) throws ProtocolException {
		Matcher path = PATH.matcher(head);
		Matcher key = KEY.matcher(head);
		if (!path.lookingAt() || !key.find()) {
			throw new ProtocolException(head);
		}
		this.path = path.group(1);
		return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Accept: " + accept(key.group(1)) + "\r\n\r\n";
	}

	private static String accept(String key) {
		try {
			byte[] bytes = (key + GUID).getBytes(StandardCharsets.US_ASCII);
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns what the client asked for.
	 * @return path and query, once it is answered
	 */
	String path() {
		return this.path;
	}

	@Override
	public boolean masks() {
		return false;
	}

}
