/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait to become lines of one stream. A line cannot be interrupted, so
 * a message that comes in parts is put together first. What its sender paid for in credit
 * is held at the sender's cost; what goes beyond is reserved here. Guarded by the
 * connection's lock.
 */
final class WaitingMessages {

	/** Beyond it a message takes from the first half of the budget, as all that grows. */
	private static final int SMALL = 65_536;

	private final Budget budget;

	private final int maxMessage;

	private final ArrayDeque<Waiting> complete = new ArrayDeque<>();

	private @Nullable ByteArrayOutputStream begun;

	private int begunCost;

	private int begunReserved;

	/**
	 * A message.
	 *
	 * @param value it as JSON
	 * @param cost what it had cost its sender, and was not given back yet
	 * @param reserved what is reserved for it beyond that
	 */
	private record Waiting(byte[] value, int cost, int reserved) {
	}

	WaitingMessages(Budget budget, int maxMessage) {
		this.budget = budget;
		this.maxMessage = maxMessage;
	}

	/**
	 * Takes a part of a message.
	 * @param kind what the message is
	 * @param first whether it begins with the part
	 * @param last whether it ends with the part
	 * @param payload the part
	 * @param cost what the part cost its sender
	 * @return the cost that can be given back at once
	 * @throws MuxDemuxException if the message cannot become a line; nothing of the
	 * part's cost was taken then
	 */
	int add(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) throws MuxDemuxException {
		if (kind == MessageKind.BINARY) {
			Json.value(kind, payload);
		}
		if (first && last) {
			complete(kind, payload, cost, 0);
			return 0;
		}
		ByteArrayOutputStream message = this.begun;
		if (message == null) {
			message = new ByteArrayOutputStream();
			this.begun = message;
		}
		int size = payload.remaining();
		if (size > this.maxMessage - message.size()) {
			throw tooLarge();
		}
		reserve(size, this.begunReserved + size);
		this.begunReserved += size;
		byte[] bytes = new byte[size];
		payload.get(bytes);
		message.writeBytes(bytes);
		if (!last) {
			// its own beginning must not keep its end from coming; what waits before it
			// may
			if (this.complete.isEmpty()) {
				return cost;
			}
			this.begunCost += cost;
			return 0;
		}
		complete(kind, ByteBuffer.wrap(message.toByteArray()), this.begunCost + cost, this.begunReserved);
		this.begun = null;
		this.begunCost = 0;
		this.begunReserved = 0;
		return 0;
	}

	private void complete(MessageKind kind, ByteBuffer payload, int cost, int reserved) throws MuxDemuxException {
		long length = Json.length(kind, payload);
		if (length > this.maxMessage) {
			throw tooLarge();
		}
		int beyond = Math.max(0, (int) length - cost);
		int more = Math.max(0, beyond - reserved);
		reserve(more, beyond);
		byte[] value;
		try {
			value = Json.value(kind, payload);
		}
		catch (MuxDemuxException ex) {
			this.budget.release(more);
			throw ex;
		}
		this.budget.release(reserved + more - beyond);
		this.complete.add(new Waiting(value, cost, beyond));
	}

	private MuxDemuxException tooLarge() {
		return new MuxDemuxException(ErrorCode.LIMIT, "a message makes a line of more than " + this.maxMessage
				+ " bytes, the most that a client of the original (mux-demux) is sent");
	}

	private void reserve(int bytes, int sum) throws MuxDemuxException {
		boolean reserved = (sum <= SMALL) ? this.budget.tryReserve(bytes) : this.budget.tryGrow(bytes);
		if (!reserved) {
			throw new MuxDemuxException(ErrorCode.LIMIT, "the relay has no memory left for what waits to be read");
		}
	}

	boolean isEmpty() {
		return this.complete.isEmpty();
	}

	/**
	 * Takes the next message out.
	 * @param to gets it
	 */
	void poll(Taker to) {
		Waiting next = this.complete.remove();
		int cost = next.cost();
		if (this.complete.isEmpty()) {
			cost += this.begunCost;
			this.begunCost = 0;
		}
		to.take(next.value(), cost, next.reserved());
	}

	/**
	 * Drops all.
	 * @return the cost to be given back
	 */
	int clear() {
		int cost = this.begunCost;
		int reserved = this.begunReserved;
		for (Waiting each : this.complete) {
			cost += each.cost();
			reserved += each.reserved();
		}
		this.budget.release(reserved);
		this.complete.clear();
		this.begun = null;
		this.begunCost = 0;
		this.begunReserved = 0;
		return cost;
	}

	/**
	 * Takes a message.
	 */
	@FunctionalInterface
	interface Taker {

		/**
		 * Takes a message.
		 * @param value it as JSON
		 * @param cost what is to be given back to its sender when it has left
		 * @param reserved what is to be released when it has left
		 */
		void take(byte[] value, int cost, int reserved);

	}

}
