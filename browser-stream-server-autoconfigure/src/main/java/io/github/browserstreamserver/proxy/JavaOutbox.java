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
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * What Java code wrote and was not passed on yet. Only so much is passed on as the
 * allowance covers, which comes back when it has left the house; it is reserved in the
 * {@link Budget}. Guarded by the stream's lock.
 */
final class JavaOutbox {

	/** What may be under way at a time, in bytes. */
	static final int ALLOWANCE = 65_536;

	/** How many bytes may wait before a write is refused. */
	static final int MAX_WAITING = 16_777_216;

	private static final int PART = 16_384;

	private static final int PART_COST = 64;

	private final Budget budget;

	private final ArrayDeque<Waiting> messages = new ArrayDeque<>();

	private int allowance;

	private long waitingBytes;

	private boolean open;

	/**
	 * A message and how much of it was passed on.
	 */
	private static final class Waiting {

		private final Message message;

		private final CompletableFuture<Void> future;

		private int passed;

		Waiting(Message message, CompletableFuture<Void> future) {
			this.message = message;
			this.future = future;
		}

	}

	/**
	 * What to pass on next.
	 *
	 * @param kind the message's kind
	 * @param first whether the message begins with it
	 * @param last whether the message ends with it
	 * @param payload the bytes
	 * @param cost what it takes of the allowance
	 * @param future what to complete when it was passed on, or {@code null}
	 */
	record Part(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost,
			@Nullable CompletableFuture<Void> future) {
	}

	JavaOutbox(Budget budget) {
		this.budget = budget;
	}

	/**
	 * Reserves the allowance.
	 * @return whether the budget had so much left
	 */
	boolean open() {
		this.open = this.budget.tryReserve(ALLOWANCE);
		this.allowance = this.open ? ALLOWANCE : 0;
		return this.open;
	}

	boolean isFull() {
		return this.waitingBytes >= MAX_WAITING;
	}

	/**
	 * Takes a message, if there is room for it in the budget.
	 * @param message the message
	 * @param future what to complete when it was passed on
	 * @return whether it was taken
	 */
	boolean add(Message message, CompletableFuture<Void> future) {
		if (!this.budget.tryReserve(message.bytes().length)) {
			return false;
		}
		this.messages.add(new Waiting(message, future));
		this.waitingBytes += message.bytes().length;
		return true;
	}

	boolean isEmpty() {
		return this.messages.isEmpty();
	}

	/**
	 * Tells whether all that was passed on has left.
	 * @return whether the allowance is whole
	 */
	boolean hasLeft() {
		return this.messages.isEmpty() && this.allowance == ALLOWANCE;
	}

	@Nullable Part next() {
		Waiting head = this.messages.peek();
		if (head == null || this.allowance < PART_COST) {
			return null;
		}
		byte[] bytes = head.message.bytes();
		int left = bytes.length - head.passed;
		int length = Math.min(Math.min(PART, left), this.allowance - PART_COST);
		if (length == 0 && left > 0) {
			return null;
		}
		boolean first = head.passed == 0;
		boolean last = length == left;
		ByteBuffer payload = ByteBuffer.wrap(bytes, head.passed, length);
		head.passed += length;
		this.waitingBytes -= length;
		this.budget.release(length);
		this.allowance -= length + PART_COST;
		if (last) {
			this.messages.remove();
		}
		return new Part(head.message.kind(), first, last, payload, length + PART_COST, last ? head.future : null);
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
		this.messages.forEach((waiting) -> dropped.add(waiting.future));
		this.messages.clear();
		this.budget.release(this.waitingBytes);
		this.waitingBytes = 0;
		return dropped;
	}

}
