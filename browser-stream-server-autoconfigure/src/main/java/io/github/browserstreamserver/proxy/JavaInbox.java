/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * What arrived at a {@link JavaStream} and was not read yet. Messages are put together
 * here, and what they occupy is reserved in the {@link Budget}. A message larger than its
 * sender's credit still gets through: as long as no whole message waits, the credit of
 * the parts goes back when they are stored. So at most one message more than the credit
 * waits. Guarded by the stream's lock.
 */
final class JavaInbox {

	private static final int COLLECTS = 1_024;

	private static final String NO_MEMORY = "the relay has no memory left for a message";

	private final Budget budget;

	private final int maxMessage;

	private final ArrayDeque<Received> messages = new ArrayDeque<>();

	private final ArrayDeque<ByteBuffer> parts = new ArrayDeque<>();

	private int reserved;

	private int unreleased;

	private boolean inside;

	private int taken;

	/**
	 * A whole message.
	 *
	 * @param message the message
	 * @param reserved what it occupies of the budget
	 * @param cost what is to be released for it
	 */
	private record Received(Message message, int reserved, int cost) {
	}

	JavaInbox(Budget budget, int maxMessage) {
		this.budget = budget;
		this.maxMessage = maxMessage;
	}

	/**
	 * Takes a part of a message.
	 * @param kind the message's kind
	 * @param last whether the message ends with it
	 * @param payload the bytes
	 * @param cost what the part took of its sender's credit
	 * @return which bound it breaks, or {@code null}
	 */
	@Nullable String add(MessageKind kind, boolean last, ByteBuffer payload, int cost) {
		this.unreleased += cost;
		this.inside = !last;
		int length = payload.remaining();
		if (length > this.maxMessage - this.reserved) {
			return "Java code takes messages of at most " + this.maxMessage + " bytes";
		}
		if (!this.budget.tryReserve(length)) {
			return NO_MEMORY;
		}
		this.reserved += length;
		if (last && this.parts.isEmpty()) {
			byte[] copy = new byte[length];
			payload.get(copy);
			complete(Message.of(kind, copy));
			return null;
		}
		store(payload);
		return (last && !join(kind)) ? NO_MEMORY : null;
	}

	/**
	 * Small parts are collected: each byte of a message may come in alone.
	 */
	private void store(ByteBuffer payload) {
		ByteBuffer tail = this.parts.peekLast();
		if (tail == null || tail.remaining() < payload.remaining()) {
			tail = ByteBuffer.allocate(Math.max(payload.remaining(), COLLECTS));
			this.parts.add(tail);
		}
		tail.put(payload);
	}

	/**
	 * Makes one message of the parts; for a moment that takes as much again.
	 */
	private boolean join(MessageKind kind) {
		int length = this.reserved;
		if (!this.budget.tryReserve(length)) {
			return false;
		}
		ByteBuffer whole = ByteBuffer.allocate(length);
		this.parts.forEach((part) -> whole.put(part.flip()));
		this.parts.clear();
		complete(Message.of(kind, whole.array()));
		this.budget.release(length);
		return true;
	}

	private void complete(Message message) {
		this.messages.add(new Received(message, this.reserved, this.unreleased));
		this.reserved = 0;
		this.unreleased = 0;
	}

	/**
	 * Tells whether a message has begun and not ended.
	 * @return whether its rest is missing
	 */
	boolean isInside() {
		return this.inside;
	}

	/**
	 * Takes the next message.
	 * @return the message, or {@code null} if none waits
	 */
	@Nullable Message poll() {
		Received next = this.messages.poll();
		if (next == null) {
			return null;
		}
		this.budget.release(next.reserved);
		this.taken += next.cost;
		return next.message;
	}

	/**
	 * Takes the credit that is to go back to the sender now.
	 * @return its sum
	 */
	int takeReleased() {
		int cost = this.taken;
		this.taken = 0;
		if (this.messages.isEmpty()) {
			cost += this.unreleased;
			this.unreleased = 0;
		}
		return cost;
	}

	/**
	 * The stream is over: gives back all that is held for it. Messages can still be
	 * polled unless they are dropped.
	 * @param drop whether to drop them
	 * @return the credit that is to go back
	 */
	int close(boolean drop) {
		int cost = this.taken + this.unreleased;
		int bytes = this.reserved;
		ArrayDeque<Received> kept = new ArrayDeque<>();
		for (Received received : this.messages) {
			cost += received.cost;
			bytes += received.reserved;
			kept.add(new Received(received.message, 0, 0));
		}
		this.messages.clear();
		if (!drop) {
			this.messages.addAll(kept);
		}
		this.parts.clear();
		this.taken = 0;
		this.unreleased = 0;
		this.reserved = 0;
		this.budget.release(bytes);
		return cost;
	}

}
