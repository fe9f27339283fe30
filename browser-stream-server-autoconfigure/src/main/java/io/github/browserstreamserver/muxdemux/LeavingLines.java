/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * What one stream has to send, in the order of the original: the open message, for a
 * server the ids of its clients, data, and at last error, end and close. A peer that
 * paused gets no data, but still the rest, as far as no data waits before it. Guarded by
 * the connection's lock.
 */
final class LeavingLines {

	private final Budget budget;

	private final WaitingMessages messages;

	/** The UNIQUE_IDs of the clients that a host is to accept. */
	private final LinkedHashSet<String> introductions = new LinkedHashSet<>();

	private boolean openWaits;

	private byte @Nullable [] error;

	private boolean endWaits;

	private boolean closeWaits;

	private boolean closed;

	private boolean paused;

	/** Of a message whose line was begun and not written to its end. */
	private int lineCost;

	private int lineReserved;

	/** Of messages whose lines are on their way. */
	private int sentCost;

	LeavingLines(Budget budget, int maxMessage) {
		this.budget = budget;
		this.messages = new WaitingMessages(budget, maxMessage);
	}

	void open() {
		this.openWaits = true;
	}

	void introduce(String client) {
		this.introductions.add(client);
	}

	void withdraw(String client) {
		this.introductions.remove(client);
	}

	int add(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) throws MuxDemuxException {
		return this.messages.add(kind, first, last, payload, cost);
	}

	void pause(boolean pause) {
		this.paused = pause;
	}

	boolean isPaused() {
		return this.paused;
	}

	/**
	 * Behind what waits come an end and a close. A second call has no effect.
	 * @param withEnd whether the end is said, and not only the close
	 */
	void finish(boolean withEnd) {
		if (!isEnding()) {
			this.endWaits = withEnd;
			this.closeWaits = true;
		}
	}

	/**
	 * Instead of what waits come an error, an end and a close.
	 * @param value of the error
	 * @return the cost of what is dropped
	 */
	int fail(byte[] value) {
		if (this.closed || this.error != null) {
			return 0;
		}
		int dropped = clear();
		boolean endWasSaid = this.closeWaits && !this.endWaits;
		if (!endWasSaid) {
			this.error = value;
			this.endWaits = true;
		}
		this.closeWaits = true;
		return dropped;
	}

	/**
	 * Drops the messages that wait.
	 * @return their cost
	 */
	int clear() {
		this.introductions.clear();
		return this.messages.clear();
	}

	/**
	 * Drops everything.
	 * @return the cost of what waited or was begun
	 */
	int terminate() {
		int dropped = clear() + this.lineCost;
		this.budget.release(this.lineReserved);
		this.lineCost = 0;
		this.lineReserved = 0;
		this.openWaits = false;
		this.error = null;
		this.endWaits = false;
		this.closeWaits = false;
		this.closed = true;
		return dropped;
	}

	boolean isEnding() {
		return this.closeWaits || this.closed;
	}

	boolean isClosed() {
		return this.closed;
	}

	boolean isEmpty() {
		return this.messages.isEmpty();
	}

	boolean canSend() {
		if (this.openWaits || !this.introductions.isEmpty()) {
			return true;
		}
		return this.messages.isEmpty() ? this.closeWaits : !this.paused;
	}

	/**
	 * Returns the next line.
	 * @param id the stream's
	 * @return the line, or {@code null} if there is none now
	 */
	byte @Nullable [] next(String id) {
		if (!canSend()) {
			return null;
		}
		if (this.openWaits) {
			this.openWaits = false;
			return Lines.line(id, "data", Lines.OPEN);
		}
		if (!this.introductions.isEmpty()) {
			String client = this.introductions.iterator().next();
			this.introductions.remove(client);
			return Lines.line(id, "data", Json.quoted(client));
		}
		return this.messages.isEmpty() ? last(id) : message(id);
	}

	private byte[] message(String id) {
		byte[][] line = new byte[1][];
		this.messages.poll((value, cost, reserved) -> {
			line[0] = Lines.line(id, "data", value);
			this.lineCost = cost;
			this.lineReserved = reserved;
		});
		return line[0];
	}

	private byte[] last(String id) {
		byte[] value = this.error;
		if (value != null) {
			this.error = null;
			return Lines.line(id, "error", value);
		}
		if (this.endWaits) {
			this.endWaits = false;
			return Lines.line(id, "end", null);
		}
		this.closeWaits = false;
		this.closed = true;
		// of a message that was begun and broken off, whose cost was given back already
		clear();
		return Lines.line(id, "close", null);
	}

	/**
	 * The last line was written to its end.
	 */
	void lineSent() {
		this.sentCost += this.lineCost;
		this.budget.release(this.lineReserved);
		this.lineCost = 0;
		this.lineReserved = 0;
	}

	int takeSentCost() {
		int cost = this.sentCost;
		this.sentCost = 0;
		return cost;
	}

}
