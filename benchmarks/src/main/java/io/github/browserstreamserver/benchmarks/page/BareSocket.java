/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/**
 * Just enough of RFC 6455 for a browser on the same machine. Gives the bytes of binary
 * messages one by one, or skips them; knows nothing of where a message ends. Used by one
 * thread.
 */
final class BareSocket {

	private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final int BINARY = 0x82;

	private static final int TEXT = 0x81;

	private static final int CLOSE = 8;

	private static final int CONTROL = 0x08;

	private final SocketChannel channel;

	private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024).flip();

	private final ByteBuffer header = ByteBuffer.allocate(10);

	private final byte[] mask = new byte[4];

	/** Payload bytes of the current WebSocket frame that were not read yet. */
	private long left;

	/** Of those, how many were read: where in the mask we are. */
	private long at;

	BareSocket(SocketChannel channel) throws IOException {
		this.channel = channel;
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
	}

	/**
	 * Answers the browser's request.
	 * @return the path that it asked for
	 */
	String shakeHands() throws IOException {
		StringBuilder text = new StringBuilder();
		while (text.indexOf("\r\n\r\n") < 0) {
			text.append((char) octet());
		}
		String[] lines = text.toString().split("\r\n");
		String protocol = value(lines, "sec-websocket-protocol");
		String accept = accept(value(lines, "sec-websocket-key"));
		String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Accept: " + accept + "\r\n"
				+ (protocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n") + "\r\n";
		write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1)));
		return lines[0].split(" ")[1];
	}

	private static String value(String[] lines, String name) {
		for (String line : lines) {
			if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
				return line.substring(name.length() + 1).trim();
			}
		}
		return "";
	}

	private static String accept(String key) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-1")
				.digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the next byte of payload, unmasked. */
	int read() throws IOException {
		while (this.left == 0) {
			nextFrame();
		}
		this.left--;
		return octet() ^ (this.mask[(int) (this.at++ & 3)] & 0xff);
	}

	/**
	 * Passes over payload, as far as possible without waiting twice.
	 * @param most how much
	 * @return how much it was
	 */
	long skip(long most) throws IOException {
		while (this.left == 0) {
			nextFrame();
		}
		if (!this.in.hasRemaining()) {
			fill();
		}
		int skipped = (int) Math.min(this.in.remaining(), Math.min(most, this.left));
		this.in.position(this.in.position() + skipped);
		this.left -= skipped;
		this.at += skipped;
		return skipped;
	}

	private void nextFrame() throws IOException {
		int opcode = octet() & 0x0f;
		int length = octet() & 0x7f;
		long size = length;
		if (length >= 126) {
			size = 0;
			for (int count = (length == 126) ? 2 : 8; count > 0; count--) {
				size = (size << 8) | octet();
			}
		}
		for (int index = 0; index < this.mask.length; index++) {
			this.mask[index] = (byte) octet();
		}
		if (opcode == CLOSE) {
			throw new EOFException("closed");
		}
		this.at = 0;
		this.left = size;
		if ((opcode & CONTROL) != 0) {
			for (; this.left > 0; this.left--) {
				octet();
			}
		}
	}

	private int octet() throws IOException {
		if (!this.in.hasRemaining()) {
			fill();
		}
		return this.in.get() & 0xff;
	}

	private void fill() throws IOException {
		this.in.clear();
		int count = this.channel.read(this.in);
		this.in.flip();
		if (count < 0) {
			throw new EOFException("the page has gone");
		}
	}

	/**
	 * Sends a binary message.
	 * @param payload all of it is sent
	 */
	void send(ByteBuffer payload) throws IOException {
		send(BINARY, payload);
	}

	/**
	 * Sends a text message.
	 * @param text the text
	 */
	void send(String text) throws IOException {
		send(TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

	private void send(int start, ByteBuffer payload) throws IOException {
		int size = payload.remaining();
		this.header.clear().put((byte) start);
		if (size < 126) {
			this.header.put((byte) size);
		}
		else if (size < 65536) {
			this.header.put((byte) 126).putShort((short) size);
		}
		else {
			this.header.put((byte) 127).putLong(size);
		}
		write(this.header.flip(), payload);
	}

	private void write(ByteBuffer... buffers) throws IOException {
		while (buffers[buffers.length - 1].hasRemaining()) {
			this.channel.write(buffers);
		}
	}

}
