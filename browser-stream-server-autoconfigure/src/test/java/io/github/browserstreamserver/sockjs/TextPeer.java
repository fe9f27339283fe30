/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WebSocket client that sends and receives text.
 */
final class TextPeer implements AutoCloseable, WebSocket.Listener {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();

	private final CompletableFuture<Integer> closed = new CompletableFuture<>();

	private final StringBuilder message = new StringBuilder();

	private WebSocket socket;

	static TextPeer connect(URI uri) {
		TextPeer peer = new TextPeer();
		peer.socket = CLIENT.newWebSocketBuilder().buildAsync(uri, peer).join();
		return peer;
	}

	@Override
	public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
		this.message.append(part);
		if (last) {
			this.messages.add(this.message.toString());
			this.message.setLength(0);
		}
		socket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
		this.closed.complete(code);
		return null;
	}

	@Override
	public void onError(WebSocket socket, Throwable error) {
		this.closed.completeExceptionally(error);
	}

	TextPeer send(String text) {
		this.socket.sendText(text, true).join();
		return this;
	}

	TextPeer sendPart(String part, boolean last) {
		this.socket.sendText(part, last).join();
		return this;
	}

	TextPeer sendBinary(byte[] bytes) {
		this.socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
		return this;
	}

	String next() {
		try {
			String next = this.messages.poll(10, TimeUnit.SECONDS);
			assertThat(next).as("a message").isNotNull();
			return next;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads messages until they hold enough text.
	 */
	String text(int length) {
		StringBuilder text = new StringBuilder();
		while (text.length() < length) {
			text.append(next());
		}
		return text.toString();
	}

	/**
	 * Reads SockJS frames until they hold enough text.
	 */
	String framedText(int length) {
		StringBuilder text = new StringBuilder();
		while (text.length() < length) {
			text.append(unframe(next()));
		}
		return text.toString();
	}

	static String unframe(String frame) {
		assertThat(frame).startsWith("a[");
		return String.join("", new JsonMapper().readValue(frame.substring(1), String[].class));
	}

	int closeCode() {
		return this.closed.orTimeout(10, TimeUnit.SECONDS).join();
	}

	boolean hasMessage() {
		return !this.messages.isEmpty();
	}

	void abort() {
		this.socket.abort();
	}

	@Override
	public void close() {
		this.socket.abort();
	}

}
