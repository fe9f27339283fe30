/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.transport.BatchBuffers;
import io.github.browserstreamserver.transport.BatchSource;
import org.jspecify.annotations.Nullable;

/**
 * The lines that wait to be sent on one connection: first the refusals of streams that
 * never were, then one line of each stream that has some, in turns.
 * <p>
 * A WebSocket message never has more than one line: where a listener in the page throws,
 * the client's mux-demux loses what follows in the same message. A long line goes out in
 * several messages, which the client puts together. Guarded by the connection's lock.
 */
final class LineOutbox implements BatchSource {

	private static final int MAX_REFUSAL_BYTES = 262_144;

	private static final int MAX_MESSAGE = 65_536;

	private final Budget budget;

	private final BatchBuffers buffers;

	private final ArrayDeque<byte[]> refusals = new ArrayDeque<>();

	private int refusalBytes;

	private final LinkedHashSet<MuxStream> turns = new LinkedHashSet<>();

	/** A line of which only a part was sent. */
	private byte @Nullable [] rest;

	private int sent;

	private @Nullable MuxStream restOf;

	private boolean signOfLife;

	private boolean asks;

	/**
	 * Creates an outbox.
	 * @param budget where the refusals are reserved
	 * @param buffers where to borrow buffers
	 */
	LineOutbox(Budget budget, BatchBuffers buffers) {
		this.budget = budget;
		this.buffers = buffers;
	}

	/**
	 * A stream may have become able to send.
	 * @param stream the stream
	 */
	void ready(MuxStream stream) {
		if (stream.canSend()) {
			this.turns.add(stream);
		}
	}

	/**
	 * A stream has nothing to send any more.
	 * @param stream the stream
	 */
	void forget(MuxStream stream) {
		this.turns.remove(stream);
	}

	/**
	 * Adds the lines that refuse a stream.
	 * @param lines the lines
	 * @return whether there was room for them; a peer that fills it only opens, and reads
	 * nothing
	 */
	boolean refuse(List<byte[]> lines) {
		int size = lines.stream().mapToInt((line) -> line.length).sum();
		if (this.refusalBytes + size > MAX_REFUSAL_BYTES || !this.budget.tryReserve(size)) {
			return false;
		}
		this.refusalBytes += size;
		this.refusals.addAll(lines);
		return true;
	}

	private byte @Nullable [] nextRefusal() {
		byte[] line = this.refusals.poll();
		if (line != null) {
			this.refusalBytes -= line.length;
			this.budget.release(line.length);
		}
		return line;
	}

	void signOfLife() {
		this.signOfLife = true;
	}

	/**
	 * The next batch is a sign of life, even where lines wait: its answer is wanted.
	 */
	void ask() {
		this.asks = true;
	}

	@Override
	public boolean isEmpty() {
		return !this.asks && this.rest == null && this.refusals.isEmpty() && this.turns.isEmpty() && !this.signOfLife;
	}

	@Override
	public @Nullable ByteBuffer fill(List<? super BatchSource.Sender> senders) {
		boolean signs = this.signOfLife;
		this.signOfLife = false;
		if (this.asks) {
			this.asks = false;
			return empty();
		}
		if (this.rest == null) {
			next();
		}
		byte[] line = this.rest;
		if (line == null) {
			return signs ? empty() : null;
		}
		int end = Math.min(this.sent + MAX_MESSAGE, line.length);
		while (end < line.length && (line[end] & 0xC0) == 0x80) {
			// not inside a character
			end--;
		}
		ByteBuffer batch = this.buffers.take(end - this.sent).put(line, this.sent, end - this.sent).flip();
		this.sent = end;
		if (end == line.length) {
			MuxStream from = this.restOf;
			this.rest = null;
			this.restOf = null;
			if (from != null) {
				from.lineSent();
				senders.add(from);
			}
		}
		return batch;
	}

	private ByteBuffer empty() {
		return this.buffers.take(0).flip();
	}

	private void next() {
		this.sent = 0;
		this.rest = nextRefusal();
		while (this.rest == null && !this.turns.isEmpty()) {
			MuxStream stream = this.turns.iterator().next();
			this.turns.remove(stream);
			this.rest = stream.nextLine();
			this.restOf = (this.rest != null) ? stream : null;
			ready(stream);
		}
	}

	@Override
	public void clear() {
		this.refusals.clear();
		this.budget.release(this.refusalBytes);
		this.refusalBytes = 0;
		this.turns.clear();
		this.signOfLife = false;
		this.asks = false;
		MuxStream from = this.restOf;
		if (from != null) {
			from.lineSent();
		}
		this.rest = null;
		this.restOf = null;
	}

}
