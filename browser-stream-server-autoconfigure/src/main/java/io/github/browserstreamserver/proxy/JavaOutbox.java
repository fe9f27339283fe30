/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * What Java code wrote and was not passed on yet. Only so much is passed on as the
 * allowance covers, which comes back when it has left the house; it is reserved in the
 * {@link Budget}. Guarded by the stream's lock.
 */
final class JavaOutbox {

	/**
	 * What may be under way at a time, in bytes: one part and a few small ones.
	 */
	static final int ALLOWANCE = 66_560;

	/** How many bytes may wait before a write is refused. */
	static final int MAX_WAITING = 16_777_216;

	/**
	 * A message of so many bytes leaves whole, even if it has to wait for that, and a
	 * page gets it without putting it together.
	 */
	private static final int PART = 65_536;

	private static final int PART_COST = 64;

	private final Budget budget;

	private final ArrayDeque<PendingWrite> writes = new ArrayDeque<>();

	private int allowance;

	private long waitingBytes;

	private boolean open;

	/**
	 * What to pass on next.
	 *
	 * @param kind the message's kind
	 * @param first whether the message begins with it
	 * @param last whether the message ends with it
	 * @param payload the bytes
	 * @param cost what it takes of the allowance
	 * @param write what is passed on as a whole with it, or {@code null}
	 */
	record Part(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost,
			@Nullable PendingWrite write) {
	}

	JavaOutbox(Budget budget) {
		this.budget = budget;
	}

	/**
	 * Reserves the allowance.
	 * @return whether the budget had so much left
	 */
	boolean open() {
		this.open = this.budget.tryOpen(ALLOWANCE);
		this.allowance = this.open ? ALLOWANCE : 0;
		return this.open;
	}

	boolean isFull() {
		return this.waitingBytes >= MAX_WAITING;
	}

	/**
	 * Takes a message, if there is room for it in the budget.
	 * @param write the message
	 * @return whether it was taken
	 */
	boolean add(PendingWrite write) {
		int length = write.message().bytes().length;
		if (!this.budget.tryReserve(length)) {
			return false;
		}
		this.writes.add(write);
		this.waitingBytes += length;
		return true;
	}

	boolean isEmpty() {
		return this.writes.isEmpty();
	}

	/**
	 * Tells whether all that was passed on has left.
	 * @return whether the allowance is whole
	 */
	boolean hasLeft() {
		return this.writes.isEmpty() && this.allowance == ALLOWANCE;
	}

	@Nullable Part next() {
		PendingWrite head = this.writes.peek();
		if (head == null) {
			return null;
		}
		byte[] bytes = head.message().bytes();
		int left = bytes.length - head.passed();
		int length = Math.min(PART, left);
		if (length + PART_COST > this.allowance) {
			return null;
		}
		boolean first = head.passed() == 0;
		boolean last = length == left;
		ByteBuffer payload = ByteBuffer.wrap(bytes, head.passed(), length);
		head.pass(length);
		this.waitingBytes -= length;
		this.budget.release(length);
		this.allowance -= length + PART_COST;
		if (last) {
			this.writes.remove();
		}
		return new Part(head.message().kind(), first, last, payload, length + PART_COST, last ? head : null);
	}

	void released(int cost) {
		if (this.open) {
			this.allowance += cost;
		}
		else {
			this.budget.release(cost);
		}
	}

	/**
	 * Nothing more is passed on. What is under way stays reserved until it has left.
	 * @return the futures of what waits and is dropped
	 */
	List<CompletableFuture<Void>> close() {
		if (this.open) {
			this.open = false;
			this.budget.release(this.allowance);
		}
		List<CompletableFuture<Void>> dropped = new ArrayList<>();
		this.writes.forEach((write) -> dropped.add(write.future()));
		this.writes.clear();
		this.budget.release(this.waitingBytes);
		this.waitingBytes = 0;
		return dropped;
	}

}
