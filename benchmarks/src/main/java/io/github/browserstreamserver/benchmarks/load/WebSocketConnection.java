/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * A WebSocket as a browser makes it: every frame is masked with a key of its own. Or the
 * other end of one, which masks nothing.
 */
final class WebSocketConnection extends TcpConnection implements FrameDecoder.Target {

	private static final int TEXT = 0x81;

	private static final int BINARY = 0x82;

	private static final int PONG = 0x8a;

	private static final int FIN = 0x80;

	/** The longest head of a frame that we send. */
	private static final int MAX_HEAD = 14;

	private static final SplittableRandom KEYS = new SplittableRandom();

	private final FrameSink sink;

	private final Handshake handshake;

	private final FrameDecoder decoder;

	private final StringBuilder head = new StringBuilder();

	private boolean open;

	private boolean leaving;

	/**
	 * Where the head of the message begins that is being written; -1 if there is none.
	 */
	private int message = -1;

	private WebSocketConnection(Loop loop, SocketChannel channel, Handshake handshake, FrameSink sink)
			throws IOException {
		super(loop, channel, channel.isConnected());
		this.sink = sink;
		this.handshake = handshake;
		this.decoder = new FrameDecoder(this, loop.masking);
	}

	/**
	 * Begins to connect.
	 * @param loop the loop
	 * @param port of the relay
	 * @param path of its endpoint
	 * @param subprotocol or {@code null} for none
	 * @param sink hears what happens
	 * @return the connection
	 * @throws IOException if there is no socket to be had
	 */
	static WebSocketConnection connect(Loop loop, int port, String path, @Nullable String subprotocol, FrameSink sink)
			throws IOException {
		Handshake handshake = new ClientHandshake(port, path, subprotocol);
		SocketChannel channel = SocketChannel.open();
		WebSocketConnection connection = new WebSocketConnection(loop, channel, handshake, sink);
		channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		return connection;
	}

	/**
	 * Takes a connection that a client made.
	 * @param loop the loop
	 * @param channel the connection
	 * @param handshake answers the client
	 * @param sink hears what happens
	 * @return the connection
	 * @throws IOException if it is broken
	 */
	static WebSocketConnection accept(Loop loop, SocketChannel channel, ServerHandshake handshake, FrameSink sink)
			throws IOException {
		return new WebSocketConnection(loop, channel, handshake, sink);
	}

	@Override
	protected void connected() {
		write(this.handshake.begin());
	}

	private void write(String head) {
		byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
		out(bytes.length).put(bytes);
	}

	@Override
	protected void received(ByteBuffer input) throws IOException {
		if (!this.open) {
			handshake(input);
		}
		this.decoder.receive(input);
	}

	private void handshake(ByteBuffer input) throws IOException {
		while (input.hasRemaining() && !this.open) {
			this.head.append((char) input.get());
			int length = this.head.length();
			this.open = length >= 4 && this.head.substring(length - 4).equals("\r\n\r\n");
		}
		if (this.open) {
			write(this.handshake.answer(this.head.toString()));
			this.head.setLength(0);
			this.head.trimToSize();
			this.sink.opened();
		}
	}

	@Override
	public void data(ByteBuffer part, boolean last) throws IOException {
		this.sink.received(part, last);
	}

	@Override
	public void control(int opcode, ByteBuffer payload) throws IOException {
		if (opcode == FrameDecoder.PING) {
			frame(PONG, payload);
		}
		else if (opcode == FrameDecoder.CLOSE) {
			int code = (payload.remaining() >= 2) ? payload.getShort() : 1000;
			String reason = StandardCharsets.UTF_8.decode(payload).toString();
			if (code != 1000) {
				throw new ProtocolException("the relay closed with " + code + " " + reason);
			}
			leave();
			flush();
			close();
		}
	}

	/**
	 * Sends one message.
	 * @param payload which is read, and is its own again afterwards
	 */
	void send(ByteBuffer payload) {
		frame(BINARY, payload);
	}

	/**
	 * Sends one message of text.
	 * @param payload the text in UTF-8
	 */
	void sendText(ByteBuffer payload) {
		frame(TEXT, payload);
	}

	private void frame(int first, ByteBuffer payload) {
		endMessage();
		int length = payload.remaining();
		ByteBuffer out = out(MAX_HEAD + length);
		int key = key();
		head(out, first, length, key);
		int at = out.position();
		out.put(payload);
		mask(out, at, length, key);
	}

	/**
	 * Something is to be written: the sink is asked for it before what waits is flushed.
	 */
	void touch() {
		out(0);
	}

	/**
	 * Returns where the next part of the message goes; begins one if there is none.
	 * @param room how many bytes the part has at most
	 * @return the buffer, to be written to at its position
	 */
	ByteBuffer message(int room) {
		ByteBuffer out = out(MAX_HEAD + room);
		if (this.message < 0) {
			this.message = out.position();
			out.position(this.message + MAX_HEAD);
		}
		return out;
	}

	/**
	 * Returns how long the message is that is being written.
	 * @return bytes
	 */
	int messageLength() {
		return (this.message < 0) ? 0 : out(0).position() - this.message - MAX_HEAD;
	}

	/**
	 * The message that is being written is complete.
	 */
	void endMessage() {
		if (this.message < 0) {
			return;
		}
		ByteBuffer out = out(0);
		int from = this.message + MAX_HEAD;
		int length = out.position() - from;
		int key = key();
		mask(out, from, length, key);
		out.position(this.message);
		head(out, BINARY, length, key);
		if (out.position() < from) {
			out.put(out.position(), out, from, length);
		}
		out.position(out.position() + length);
		this.message = -1;
	}

	private int key() {
		return this.handshake.masks() ? KEYS.nextInt() : 0;
	}

	private void mask(ByteBuffer out, int from, int length, int key) {
		if (this.handshake.masks()) {
			this.loop.masking.apply(out, from, length, key);
		}
	}

	private void head(ByteBuffer out, int first, int length, int key) {
		int masked = this.handshake.masks() ? 0x80 : 0;
		out.put((byte) first);
		if (length < 126) {
			out.put((byte) (masked | length));
		}
		else if (length < 0x10000) {
			out.put((byte) (masked | 126)).putShort((short) length);
		}
		else {
			out.put((byte) (masked | 127)).putLong(length);
		}
		if (this.handshake.masks()) {
			out.putInt(key);
		}
	}

	boolean writable() {
		return this.open && !this.leaving && hasRoom();
	}

	/**
	 * Begins the close handshake; it ends when the relay has answered.
	 */
	void leave() {
		if (!this.leaving) {
			this.leaving = true;
			frame(FIN | FrameDecoder.CLOSE, ByteBuffer.allocate(2).putShort(0, (short) 1000));
		}
	}

	@Override
	protected void moved(int distance) {
		if (this.message >= 0) {
			this.message -= distance;
		}
	}

	@Override
	protected void drained() {
		this.sink.drained();
	}

	@Override
	protected void beforeFlush() {
		this.sink.beforeFlush();
		endMessage();
	}

	@Override
	protected void ended(@Nullable IOException cause) {
		this.sink.closed(this.leaving ? null : cause);
	}

}
