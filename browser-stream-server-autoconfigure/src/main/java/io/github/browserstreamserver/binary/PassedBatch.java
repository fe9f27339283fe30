/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.browserstreamserver.transport.BatchSource;

/**
 * A batch that parts are put into as they come, and whose they are: what they cost goes
 * back to their writers when this batch has left, whatever waits behind it. Used again
 * and again, so that a batch allocates nothing. Guarded by the connection's lock.
 */
final class PassedBatch {

	private static final ByteBuffer NONE = ByteBuffer.allocate(0);

	private final ArrayList<BinaryStream> streams = new ArrayList<>(1);

	/** What each of them has in it, once nothing more is added. */
	private int[] costs = new int[1];

	private ByteBuffer buffer = NONE;

	private boolean sealed;

	void begin(ByteBuffer batch) {
		this.buffer = batch;
		this.sealed = false;
	}

	ByteBuffer buffer() {
		return this.buffer;
	}

	void add(BinaryStream stream, int cost) {
		if (stream.addPassed(cost)) {
			this.streams.add(stream);
		}
	}

	/**
	 * Nothing more is added: what is passed from now on goes with another batch.
	 */
	void seal() {
		this.sealed = true;
		int count = this.streams.size();
		if (this.costs.length < count) {
			this.costs = Arrays.copyOf(this.costs, Math.max(count, 2 * this.costs.length));
		}
		for (int index = 0; index < count; index++) {
			this.costs[index] = this.streams.get(index).sealPassed();
		}
	}

	/**
	 * It is sent.
	 * @param senders gets the streams that have parts in it
	 * @return the batch
	 */
	ByteBuffer leave(List<? super BatchSource.Sender> senders) {
		for (int index = 0; index < this.streams.size(); index++) {
			BinaryStream stream = this.streams.get(index);
			stream.passedIsSent(this.sealed ? this.costs[index] : stream.sealPassed());
			senders.add(stream);
		}
		this.streams.clear();
		return takeBuffer();
	}

	/**
	 * It is not sent. The streams are about to be closed, and give back what it cost.
	 * @return the batch
	 */
	ByteBuffer drop() {
		this.streams.clear();
		return takeBuffer();
	}

	private ByteBuffer takeBuffer() {
		ByteBuffer batch = this.buffer;
		this.buffer = NONE;
		return batch;
	}

}
