/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A TCP connection to the server, for what no HTTP or WebSocket client would send.
 */
public final class RawSocket implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 20_000;

	private static final String KEY = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";

	private static final int LENGTH_16 = 126;

	private static final int LENGTH_64 = 127;

	private final Socket socket;

	/**
	 * What the server answered.
	 *
	 * @param status the status
	 * @param headers the headers, by their names in any case
	 * @param body the body
	 */
	public record Response(int status, Map<String, String> headers, String body) {
	}

	/**
	 * A WebSocket frame of the server.
	 *
	 * @param opcode its opcode
	 * @param payload its payload
	 */
	public record WebSocketFrame(int opcode, byte[] payload) {
	}

	private RawSocket(Socket socket) {
		this.socket = socket;
	}

	public static RawSocket open(int port) {
		try {
			Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
			socket.setSoTimeout(PATIENCE_MILLIS);
			return new RawSocket(socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends a request as it is given and reads the whole answer.
	 * @param method the method
	 * @param path the path, sent as it is
	 * @param headers whole header lines
	 * @return the answer
	 */
	public Response request(String method, String path, String... headers) {
		try {
			StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
			if (Stream.of(headers).noneMatch((header) -> header.startsWith("Host:"))) {
				request.append("Host: 127.0.0.1:").append(this.socket.getPort()).append("\r\n");
			}
			if (!method.equals("GET") && !method.equals("HEAD")) {
				request.append("Content-Length: 0\r\n");
			}
			for (String header : headers) {
				request.append(header).append("\r\n");
			}
			if (request.indexOf("Connection:") < 0) {
				request.append("Connection: close\r\n");
			}
			sendBytes(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
			return response(method);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Response get(String path, String... headers) {
		return request("GET", path, headers);
	}

	/**
	 * Asks for a WebSocket.
	 * @param path where
	 * @param headers further header lines, with those of the subprotocol
	 * @return the answer
	 */
	public Response upgrade(String path, String... headers) {
		String[] all = new String[headers.length + 4];
		all[0] = "Connection: Upgrade";
		all[1] = "Upgrade: websocket";
		all[2] = "Sec-WebSocket-Version: 13";
		all[3] = KEY;
		System.arraycopy(headers, 0, all, 4, headers.length);
		return request("GET", path, all);
	}

	/**
	 * Sends a request as it is, with whatever follows it, in one packet.
	 * @param bytes the request, from its first line
	 * @return the head of the answer
	 */
	public Response exchange(byte[] bytes) {
		try {
			sendBytes(bytes);
			return response("HEAD");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Response response(String method) throws IOException {
		InputStream in = this.socket.getInputStream();
		int status = Integer.parseInt(line(in).split(" ")[1]);
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (String line = line(in); !line.isEmpty(); line = line(in)) {
			int colon = line.indexOf(':');
			headers.merge(line.substring(0, colon), line.substring(colon + 1).strip(), (one, two) -> one + ", " + two);
		}
		boolean empty = status < 200 || status == 204 || status == 304 || method.equals("HEAD");
		return new Response(status, headers, empty ? "" : body(in, headers));
	}

	private static String body(InputStream in, Map<String, String> headers) throws IOException {
		byte[] bytes;
		if (headers.containsKey("Content-Length")) {
			bytes = in.readNBytes(Integer.parseInt(headers.get("Content-Length")));
		}
		else if ("chunked".equals(headers.get("Transfer-Encoding"))) {
			ByteArrayOutputStream chunks = new ByteArrayOutputStream();
			for (int length = Integer.parseInt(line(in), 16); length > 0; length = Integer.parseInt(line(in), 16)) {
				chunks.writeBytes(in.readNBytes(length));
				line(in);
			}
			bytes = chunks.toByteArray();
		}
		else {
			bytes = in.readAllBytes();
		}
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static String line(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				throw new EOFException("the server closed in the middle of a line: " + line);
			}
			line.write(next);
		}
		return line.toString(StandardCharsets.ISO_8859_1).strip();
	}

	public void sendBytes(byte[] bytes) {
		try {
			this.socket.getOutputStream().write(bytes);
			this.socket.getOutputStream().flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends a whole WebSocket frame.
	 * @param opcode its opcode
	 * @param payload up to 125 bytes
	 */
	public void sendFrame(int opcode, byte[] payload) {
		byte[] frame = new byte[payload.length + 6];
		frame[0] = (byte) (0x80 | opcode);
		frame[1] = (byte) (0x80 | payload.length);
		// a mask of zeros: four bytes that change nothing
		System.arraycopy(payload, 0, frame, 6, payload.length);
		sendBytes(frame);
	}

	public void sendBinary(RawFrame... frames) {
		sendFrame(2, RawFrame.bytes(frames));
	}

	/**
	 * Sends each byte in a packet of its own, as far as that can be had.
	 * @param bytes the bytes
	 */
	public void sendByteByByte(byte[] bytes) {
		try {
			this.socket.setTcpNoDelay(true);
			for (byte one : bytes) {
				this.socket.getOutputStream().write(one);
				this.socket.getOutputStream().flush();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a WebSocket frame.
	 * @return a whole one
	 */
	public WebSocketFrame readFrame() {
		try {
			DataInputStream in = new DataInputStream(this.socket.getInputStream());
			int opcode = in.readUnsignedByte() & 0xf;
			int length = in.readUnsignedByte();
			if (length == LENGTH_16) {
				length = in.readUnsignedShort();
			}
			else if (length == LENGTH_64) {
				length = (int) in.readLong();
			}
			byte[] payload = new byte[length];
			in.readFully(payload);
			return new WebSocketFrame(opcode, payload);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a WebSocket frame, or the end of the connection.
	 * @return a whole one, or nothing at the end
	 */
	public Optional<WebSocketFrame> readFrameUnlessAtEnd() {
		try {
			return Optional.of(readFrame());
		}
		catch (UncheckedIOException ex) {
			if (ex.getCause() instanceof EOFException) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	/**
	 * Reads the end of the connection.
	 * @return whether nothing came before it, and it was in good order
	 */
	public boolean isAtEnd() {
		try {
			return this.socket.getInputStream().read() < 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends no more, but goes on reading.
	 */
	public void sendNoMore() {
		try {
			this.socket.shutdownOutput();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Cuts the connection with a reset.
	 */
	public void cut() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
