/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Dialect;
import io.github.browserstreamserver.transport.Transport;

/**
 * A client of the original as a test's script: says lines and records those that it
 * hears. It can take its time with reading, and tells whether it is read.
 */
final class LinePeer implements Transport {

	private static final Pattern ADVICE = Pattern.compile("^\\[\"[^\"]*\",\"(pause|resume)\"");

	private final Connection connection;

	private final StringBuffer text = new StringBuffer();

	private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

	private Completion waiting;

	private boolean reads = true;

	private boolean canSuspend = true;

	private volatile boolean suspended;

	private boolean failsToWrite;

	private int signsOfLife;

	private int adviceHeard;

	private String closed;

	LinePeer(Dialect dialect, String name) {
		this.connection = dialect.connect(this, name);
	}

	Connection connection() {
		return this.connection;
	}

	/**
	 * Says lines, each in a message of its own.
	 * @param lines without their newlines; with {@code '} where JSON has {@code "}
	 * @return this peer
	 */
	LinePeer says(String... lines) {
		for (String line : lines) {
			saysText(line.replace('\'', '"') + "\n");
		}
		return this;
	}

	/**
	 * Says text as it is, in one message.
	 */
	LinePeer saysText(String message) {
		return saysBytes(message.getBytes(StandardCharsets.UTF_8));
	}

	LinePeer saysBytes(byte[] message) {
		this.connection.received(ByteBuffer.wrap(message), true);
		return this;
	}

	/**
	 * Opens a stream.
	 * @param id its id
	 * @param meta what it is for
	 * @return this peer
	 */
	LinePeer opens(String id, String meta) {
		return says("['" + id + "','new',{'meta':'" + meta + "','opts':{'writable':true,'readable':true}}]");
	}

	/**
	 * Returns the lines that came since the last call.
	 * @return without their newlines, with {@code '} where JSON has {@code "}
	 */
	List<String> heard() {
		List<String> lines = new ArrayList<>();
		int end = this.text.indexOf("\n");
		while (end >= 0) {
			lines.add(this.text.substring(0, end).replace('"', '\''));
			this.text.delete(0, end + 1);
			end = this.text.indexOf("\n");
		}
		return lines;
	}

	/**
	 * Returns the only line that came since the last call, to the letter.
	 */
	String heardLine() {
		String line = this.text.toString();
		this.text.setLength(0);
		if (line.indexOf('\n') != line.length() - 1) {
			throw new AssertionError("not one line: " + line);
		}
		return line.substring(0, line.length() - 1);
	}

	/**
	 * Returns the WebSocket messages that came since the last call.
	 */
	List<String> heardMessages() {
		List<String> heard = List.copyOf(this.messages);
		this.messages.clear();
		return heard;
	}

	/**
	 * Does the host's part for one client: reads the UNIQUE_ID and opens a stream.
	 * @param server the id of the stream that stands for the name
	 * @param id the new stream's id
	 * @param name the server's name
	 * @return the UNIQUE_ID
	 */
	String takesClient(String server, String id, String name) {
		String uniqueId = announced(server).get(0);
		opens(id, "/stream-server/server/" + name + "/client/" + uniqueId + "/rack2");
		return uniqueId;
	}

	/**
	 * Listens on a name as stream S, and takes a client's stream C to it as A. What was
	 * said for that is read.
	 * @param client who connects
	 * @param name the name
	 * @return the UNIQUE_ID
	 */
	String joins(LinePeer client, String name) {
		opens("S", "/stream-server/server/" + name);
		client.opens("C", "/stream-server/client/" + name + "/rack1");
		String uniqueId = takesClient("S", "A", name);
		heard();
		client.heard();
		return uniqueId;
	}

	/**
	 * Returns the UNIQUE_IDs among the lines that came since the last call.
	 * @param server the id of the stream that stands for the name
	 * @return at least one
	 */
	List<String> announced(String server) {
		String begin = "['" + server + "','data','";
		List<String> uniqueIds = heard().stream()
			.filter((line) -> line.startsWith(begin))
			.map((line) -> line.substring(begin.length(), line.length() - 2))
			.toList();
		if (uniqueIds.isEmpty()) {
			throw new AssertionError("no client was announced");
		}
		return uniqueIds;
	}

	/** Reads nothing from its socket any more. */
	void stopsReading() {
		this.reads = false;
	}

	void readsAgain() {
		this.reads = true;
		readsOne();
	}

	/** Takes what was on its way, and then nothing again. */
	void readsOne() {
		Completion next = this.waiting;
		this.waiting = null;
		if (next != null) {
			next.completed(true);
		}
	}

	void cannotBeSuspended() {
		this.canSuspend = false;
	}

	boolean isSuspended() {
		return this.suspended;
	}

	int signsOfLife() {
		return this.signsOfLife;
	}

	/** How often it was told to pause or to resume, which must never be. */
	int adviceHeard() {
		return this.adviceHeard;
	}

	/** Its next write fails. */
	void failsToWrite() {
		this.failsToWrite = true;
	}

	/** Returns the code and the reason with which it was closed, or null. */
	String closed() {
		return this.closed;
	}

	/** Its socket is gone. */
	void vanishes() {
		this.connection.closed("gone");
	}

	@Override
	public void write(ByteBuffer message, Completion completion) {
		if (!message.hasRemaining()) {
			this.signsOfLife++;
		}
		else {
			String said = StandardCharsets.UTF_8.decode(message).toString();
			this.text.append(said);
			this.messages.add(said);
			this.adviceHeard += ADVICE.matcher(said).find() ? 1 : 0;
		}
		if (this.failsToWrite) {
			completion.completed(false);
			return;
		}
		if (this.reads) {
			completion.completed(true);
		}
		else {
			this.waiting = completion;
		}
	}

	@Override
	public void close(int code, String reason) {
		if (this.closed == null) {
			this.closed = code + " " + reason;
			this.connection.closed("closed by the relay");
		}
	}

	@Override
	public boolean suspend() {
		this.suspended = this.canSuspend;
		return this.canSuspend;
	}

	@Override
	public void resume() {
		this.suspended = false;
	}

}
