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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A peer that does by itself what a good one does, on the threads of the JDK's WebSocket
 * client: as the host or the client of one stream it sends a sequence of bytes within its
 * credit and ends, keeps what comes, gives credit back, and answers pings. Nothing of it
 * waits.
 */
public final class Talker implements AutoCloseable, WebSocket.Listener {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final int PART_COST = 64;

	private static final int LARGEST_PART = 4_000;

	private static final int FIRST_CREDIT = 16_384;

	private final String name;

	private final boolean hosts;

	private final byte[] words;

	private final Random random;

	private final CompletableFuture<Void> ready = new CompletableFuture<>();

	private final CompletableFuture<Ending> over = new CompletableFuture<>();

	private final ByteArrayOutputStream message = new ByteArrayOutputStream();

	// guarded by this

	private final List<RawFrame> toSend = new ArrayList<>();

	private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

	private final Queue<CompletableFuture<Void>> answers = new ArrayDeque<>();

	private WebSocket socket;

	private boolean closed;

	private boolean sending;

	private int stream;

	private int said;

	private int credit = FIRST_CREDIT;

	private int pings;

	private boolean ended;

	private boolean otherEnded;

	/**
	 * How a stream ended.
	 *
	 * @param code the code of the RESET; 0 if both sides had ended, -1 if this peer's own
	 * connection is gone
	 * @param reason for people
	 */
	public record Ending(int code, String reason) {
	}

	private Talker(String name, boolean hosts, byte[] words, Random random) {
		this.name = name;
		this.hosts = hosts;
		this.words = words;
		this.random = random;
	}

	/**
	 * Listens on a name, and talks to the first client that comes.
	 * @param uri where
	 * @param name the name
	 * @param words what to say
	 * @param random how to split it
	 * @return the peer, at once
	 */
	public static Talker host(URI uri, String name, byte[] words, Random random) {
		return new Talker(name, true, words, random).connect(uri);
	}

	/**
	 * Connects to a name, and talks to its host.
	 * @param uri where
	 * @param name the name
	 * @param words what to say
	 * @param random how to split it
	 * @return the peer, at once
	 */
	public static Talker client(URI uri, String name, byte[] words, Random random) {
		return new Talker(name, false, words, random).connect(uri);
	}

	private Talker connect(URI uri) {
		CLIENT.newWebSocketBuilder()
			.subprotocols(RawPeer.SUBPROTOCOL)
			.buildAsync(uri, this)
			.whenComplete((connected, failure) -> {
				if (failure != null) {
					broke(failure);
				}
			});
		return this;
	}

	// --- what comes

	@Override
	public void onOpen(WebSocket webSocket) {
		RawFrame open = this.hosts ? RawFrame.listen(1, this.name) : RawFrame.connect(1, this.name);
		synchronized (this) {
			this.socket = webSocket;
			if (this.closed) {
				webSocket.abort();
				return;
			}
			this.stream = this.hosts ? 0 : 1;
			this.toSend.addAll(List.of(RawFrame.hello(), open));
		}
		pump();
		webSocket.request(1);
	}

	@Override
	public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
		byte[] bytes = new byte[data.remaining()];
		data.get(bytes);
		this.message.writeBytes(bytes);
		if (last) {
			RawFrame.Reader reader = new RawFrame.Reader(this.message.toByteArray());
			this.message.reset();
			while (reader.hasMore()) {
				take(reader.frame());
			}
			pump();
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer payload) {
		synchronized (this) {
			this.pings++;
			notifyAll();
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		broke("closed with " + statusCode + " " + reason);
		return null;
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		broke(error);
	}

	private synchronized void broke(Object how) {
		this.over.complete(new Ending(-1, String.valueOf(how)));
		this.ready.complete(null);
		this.answers.forEach((answer) -> answer.complete(null));
		this.answers.clear();
		notifyAll();
	}

	private synchronized void take(RawFrame frame) {
		switch (frame.type()) {
			case RawFrame.PING -> ping(frame);
			case RawFrame.OPEN -> {
				this.stream = frame.stream();
				this.toSend.add(RawFrame.accept(this.stream));
			}
			case RawFrame.ACCEPT -> this.ready.complete(null);
			case RawFrame.DATA -> {
				this.heard.writeBytes(frame.payload());
				this.toSend.add(RawFrame.credit(frame.stream(), frame.payload().length + PART_COST));
			}
			case RawFrame.CREDIT -> this.credit += frame.number();
			case RawFrame.END -> {
				this.otherEnded = true;
				endIfBothHave();
			}
			case RawFrame.RESET -> {
				this.over.complete(new Ending(frame.number(), frame.text()));
				this.ready.complete(null);
			}
			default -> {
			}
		}
	}

	private void ping(RawFrame frame) {
		if (frame.flags() == 0) {
			this.pings++;
			this.toSend.add(RawFrame.answer(frame));
			notifyAll();
		}
		else {
			this.answers.remove().complete(null);
		}
	}

	private void endIfBothHave() {
		if (this.ended && this.otherEnded) {
			this.over.complete(new Ending(0, "both ended"));
		}
	}

	// --- what goes

	private void pump() {
		byte[] next;
		synchronized (this) {
			if (this.sending || this.socket == null || isBroken()) {
				return;
			}
			talk();
			if (this.toSend.isEmpty()) {
				return;
			}
			next = RawFrame.bytes(this.toSend.toArray(RawFrame[]::new));
			this.toSend.clear();
			this.sending = true;
		}
		this.socket.sendBinary(ByteBuffer.wrap(next), true).whenComplete((sent, failure) -> {
			synchronized (this) {
				this.sending = false;
			}
			if (failure != null) {
				broke(failure);
			}
			else {
				pump();
			}
		});
	}

	private boolean isBroken() {
		return this.over.isDone() && this.over.join().code() < 0;
	}

	/** Adds messages of one frame, as far as the credit goes, and then the end. */
	private void talk() {
		while (this.stream != 0 && this.said < this.words.length && !this.over.isDone()) {
			int length = Math.min(1 + this.random.nextInt(LARGEST_PART), this.words.length - this.said);
			if (this.credit < LARGEST_PART + PART_COST) {
				return;
			}
			this.credit -= length + PART_COST;
			byte[] part = Arrays.copyOfRange(this.words, this.said, this.said + length);
			this.said += length;
			this.toSend.add(new RawFrame(RawFrame.DATA, 3, this.stream, part));
		}
		if (this.stream != 0 && this.said == this.words.length && !this.ended && !this.over.isDone()) {
			this.ended = true;
			this.toSend.add(RawFrame.end(this.stream));
			endIfBothHave();
		}
	}

	// --- the test's side

	/**
	 * Returns when what it asked for was answered.
	 * @return completed when the host has its name, or the client was accepted or reset;
	 * also if the connection is gone
	 */
	public CompletableFuture<Void> ready() {
		return this.ready;
	}

	/**
	 * Returns the end of its stream.
	 * @return how it ended
	 */
	public CompletableFuture<Ending> over() {
		return this.over;
	}

	/**
	 * Goes once to the relay and back.
	 * @return completed with the answer
	 */
	public CompletableFuture<Void> roundTrip() {
		CompletableFuture<Void> answer = new CompletableFuture<>();
		synchronized (this) {
			if (isBroken()) {
				answer.complete(null);
				return answer;
			}
			this.answers.add(answer);
			this.toSend.add(RawFrame.ping("?"));
		}
		pump();
		return answer;
	}

	/**
	 * Returns whether its stream began.
	 * @return for a host, whether a client has come
	 */
	public synchronized boolean hasStream() {
		return this.stream != 0;
	}

	public synchronized byte[] heard() {
		return this.heard.toByteArray();
	}

	/**
	 * Waits until the relay has asked so often whether it is still there, by pings of the
	 * WebSocket or of the dialect. All were answered.
	 * @param count how often
	 */
	public synchronized void awaitPings(int count) {
		try {
			while (this.pings < count && !this.over.isDone()) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Takes its leave; does not wait for the answer.
	 */
	public synchronized void leave() {
		this.socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.socket != null) {
			this.socket.abort();
		}
	}

}
