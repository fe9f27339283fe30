/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.testing;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A peer of raw bytes, through the JDK's own WebSocket client. It grants credit only when
 * it is told to, and answers nothing by itself.
 */
public final class RawPeer implements AutoCloseable, WebSocket.Listener {

	public static final String SUBPROTOCOL = "v1.browser-stream-server";

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final int PART = 8_192;

	private static final int PART_COST = 64;

	private static final int FIRST_CREDIT = 16_384;

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final List<RawFrame> received = new ArrayList<>();

	private final ByteArrayOutputStream message = new ByteArrayOutputStream();

	private final CompletableFuture<Closed> closed = new CompletableFuture<>();

	private WebSocket socket;

	/**
	 * How a connection ended.
	 *
	 * @param code the WebSocket close code, or -1 if it broke
	 * @param reason the reason
	 */
	public record Closed(int code, String reason) {
	}

	/**
	 * Connects with the right subprotocol.
	 * @param uri where
	 * @return the peer, which has not said HELLO
	 */
	public static RawPeer connect(URI uri) {
		return connect(uri, (builder) -> builder.subprotocols(SUBPROTOCOL));
	}

	public static RawPeer connect(URI uri, Consumer<WebSocket.Builder> handshake) {
		return connect(CLIENT, uri, handshake);
	}

	public static RawPeer connect(HttpClient client, URI uri, Consumer<WebSocket.Builder> handshake) {
		WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(PATIENCE);
		handshake.accept(builder);
		RawPeer peer = new RawPeer();
		peer.socket = await(builder.buildAsync(uri, peer));
		return peer;
	}

	private static <T> T await(CompletableFuture<T> future) {
		try {
			return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// --- the listener

	@Override
	public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
		byte[] bytes = new byte[data.remaining()];
		data.get(bytes);
		this.message.writeBytes(bytes);
		if (last) {
			RawFrame.Reader reader = new RawFrame.Reader(this.message.toByteArray());
			this.message.reset();
			synchronized (this.received) {
				while (reader.hasMore()) {
					this.received.add(reader.frame());
				}
				this.received.notifyAll();
			}
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.closed.complete(new Closed(statusCode, reason));
		return null;
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		this.closed.complete(new Closed(-1, String.valueOf(error)));
	}

	// --- what the peer does

	public RawPeer hello() {
		send(RawFrame.hello());
		return this;
	}

	public void send(RawFrame... frames) {
		sendBytes(RawFrame.bytes(frames), true);
	}

	// the JDK's client takes one message at a time
	public synchronized void sendBytes(byte[] bytes, boolean last) {
		await(this.socket.sendBinary(ByteBuffer.wrap(bytes), last));
	}

	public void sendText(String text) {
		await(this.socket.sendText(text, true));
	}

	/**
	 * Listens on a name with stream 1, and waits until the name is its own.
	 * @param name the name
	 * @return this
	 */
	public RawPeer listen(String name) {
		send(RawFrame.listen(1, name));
		next(RawFrame.ACCEPT, 1);
		return this;
	}

	/**
	 * Sends one binary message within the credit that it is given.
	 * @param stream the stream
	 * @param bytes the message
	 */
	public void write(int stream, byte[] bytes) {
		int credit = FIRST_CREDIT;
		for (int at = 0; at < bytes.length;) {
			int length = Math.min(PART, bytes.length - at);
			while (credit < length + PART_COST) {
				credit += next(RawFrame.CREDIT, stream).number();
			}
			byte[] part = new byte[length];
			System.arraycopy(bytes, at, part, 0, length);
			int first = (at == 0) ? 1 : 0;
			at += length;
			int last = (at == bytes.length) ? 2 : 0;
			credit -= length + PART_COST;
			send(new RawFrame(RawFrame.DATA, first | last, stream, part));
		}
	}

	/**
	 * Receives one message, and gives the credit of its parts back.
	 * @param stream the stream
	 * @return the message
	 */
	public byte[] read(int stream) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		RawFrame part;
		do {
			part = next(RawFrame.DATA, stream);
			bytes.writeBytes(part.payload());
			send(RawFrame.credit(stream, part.payload().length + PART_COST));
		}
		while ((part.flags() & 2) == 0);
		return bytes.toByteArray();
	}

	/**
	 * Goes once to the relay and back: what was sent before has been worked off then.
	 * @param payload to tell it from others
	 */
	public void roundTrip(String payload) {
		send(RawFrame.ping(payload));
		next((frame) -> frame.type() == RawFrame.PING && frame.flags() == 1 && frame.text().equals(payload), payload);
	}

	// --- what the peer sees

	public String subprotocol() {
		return this.socket.getSubprotocol();
	}

	public RawFrame next(int type) {
		return next((frame) -> frame.type() == type, "type " + type);
	}

	public RawFrame next(int type, int stream) {
		return next((frame) -> frame.type() == type && frame.stream() == stream, "type " + type + " stream " + stream);
	}

	public RawFrame next(int oneType, int otherType, int stream) {
		return next((frame) -> (frame.type() == oneType || frame.type() == otherType) && frame.stream() == stream,
				"type " + oneType + " or " + otherType + " stream " + stream);
	}

	private RawFrame next(Predicate<RawFrame> wanted, String description) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		synchronized (this.received) {
			while (true) {
				RawFrame frame = take(wanted);
				if (frame != null) {
					return frame;
				}
				long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				if (left <= 0) {
					throw new AssertionError("No frame came of " + description + "; there are " + this.received
							+ " and the end is " + this.closed);
				}
				try {
					this.received.wait(left);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}
	}

	private RawFrame take(Predicate<RawFrame> wanted) {
		Iterator<RawFrame> frames = this.received.iterator();
		while (frames.hasNext()) {
			RawFrame frame = frames.next();
			if (wanted.test(frame)) {
				frames.remove();
				return frame;
			}
		}
		return null;
	}

	/**
	 * Tells whether a frame of a type has come and was not taken.
	 * @param type the type
	 * @return whether there is one now
	 */
	public boolean hasReceived(int type) {
		synchronized (this.received) {
			return this.received.stream().anyMatch((frame) -> frame.type() == type);
		}
	}

	/**
	 * Waits for the end of the connection.
	 * @return how it ended
	 */
	public Closed closed() {
		return await(this.closed);
	}

	/**
	 * Closes the connection in good order, and waits for that.
	 */
	public void leave() {
		await(this.socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
		closed();
	}

	@Override
	public void close() {
		this.socket.abort();
	}

}
