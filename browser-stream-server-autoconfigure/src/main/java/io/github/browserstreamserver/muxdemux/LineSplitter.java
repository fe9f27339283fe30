/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ErrorCode;

/**
 * Finds the lines in what comes in: a WebSocket message may hold several, or a part of
 * one. What is kept of a line that has not ended is bounded, and reserved in the budget.
 * Not safe for use by several threads, except {@link #close()}.
 */
final class LineSplitter {

	/** Little: a line that comes in pieces must not cost much more than its bytes. */
	private static final int LEAST_CAPACITY = 16;

	/** Beyond it a line takes from the first half of the budget, as all that grows. */
	private static final int SMALL = 65_536;

	private static final byte[] NONE = new byte[0];

	private final Budget budget;

	private final int maxLine;

	private byte[] kept = NONE;

	private int length;

	private long lines;

	/**
	 * Creates a splitter.
	 * @param budget where to reserve what it keeps
	 * @param maxLine the longest line in bytes
	 */
	LineSplitter(Budget budget, int maxLine) {
		this.budget = budget;
		this.maxLine = maxLine;
	}

	/**
	 * Takes a part of the text.
	 * @param part the bytes
	 * @param handler gets the lines that end in it, without their newline
	 * @throws MuxDemuxException if a line is too long, or what the handler throws
	 */
	void receive(ByteBuffer part, LineHandler handler) throws MuxDemuxException {
		byte[] bytes = new byte[part.remaining()];
		part.get(bytes);
		int start = 0;
		for (int index = 0; index < bytes.length; index++) {
			if (bytes[index] == '\n') {
				this.lines++;
				if (this.length == 0) {
					check(index - start);
					handler.line(bytes, start, index - start);
				}
				else {
					keep(bytes, start, index - start);
					handOver(handler);
				}
				start = index + 1;
			}
		}
		keep(bytes, start, bytes.length - start);
	}

	private void handOver(LineHandler handler) throws MuxDemuxException {
		byte[] line = this.kept;
		int size = this.length;
		this.kept = NONE;
		this.length = 0;
		try {
			handler.line(line, 0, size);
		}
		finally {
			this.budget.release(line.length);
		}
	}

	private void keep(byte[] bytes, int start, int count) throws MuxDemuxException {
		check(count);
		int needed = this.length + count;
		if (needed > this.kept.length) {
			grow(needed);
		}
		System.arraycopy(bytes, start, this.kept, this.length, count);
		this.length = needed;
	}

	private void check(int more) throws MuxDemuxException {
		if (more > this.maxLine - this.length) {
			throw new MuxDemuxException(ErrorCode.LIMIT,
					"a line is longer than " + this.maxLine + " bytes (boot.max-message-size)");
		}
	}

	private void grow(int needed) throws MuxDemuxException {
		int capacity = (int) Math.min(Math.max(LEAST_CAPACITY, 2L * needed), Math.max(this.maxLine, needed));
		int more = capacity - this.kept.length;
		boolean reserved = (capacity <= SMALL) ? this.budget.tryReserve(more) : this.budget.tryGrow(more);
		if (!reserved) {
			throw new MuxDemuxException(ErrorCode.LIMIT, "the relay has no memory left for a long line");
		}
		this.kept = Arrays.copyOf(this.kept, capacity);
	}

	/**
	 * Tells how many lines have ended.
	 * @return a count
	 */
	long lines() {
		return this.lines;
	}

	boolean isInsideALine() {
		return this.length > 0;
	}

	/**
	 * Forgets what it keeps. Nothing may be received afterwards.
	 */
	void close() {
		this.budget.release(this.kept.length);
		this.kept = NONE;
		this.length = 0;
	}

	/**
	 * Takes lines.
	 */
	@FunctionalInterface
	interface LineHandler {

		/**
		 * Takes a line.
		 * @param bytes where it is
		 * @param offset where it begins
		 * @param size how long it is, without the newline
		 * @throws MuxDemuxException if the connection is to end because of it
		 */
		void line(byte[] bytes, int offset, int size) throws MuxDemuxException;

	}

}
