/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.StreamEnd;

/**
 * A client's stream and the host's, joined: what comes in at one goes out at the other,
 * is counted, and when both directions are over the lease forgets them.
 * <p>
 * Its state is a set of bits that are only ever set; no lock.
 */
final class Join {

	private static final int CLIENT_ENDED = 1;

	private static final int HOST_ENDED = 2;

	private static final int ACCEPTED = 4;

	private static final int OVER = 8;

	private static final int SERVER_ENDED = 16;

	private final Lease lease;

	private final StreamEnd client;

	private final StreamEnd host;

	private final AtomicInteger bits = new AtomicInteger();

	Join(Lease lease, StreamEnd client, StreamEnd host) {
		this.lease = lease;
		this.client = client;
		this.host = host;
	}

	void connect() {
		this.host.join(new Side(this.host, this.client, HOST_ENDED, this.lease.bytesFromHost()));
		// last, since what it has said while it was held comes in here
		this.client.join(new Side(this.client, this.host, CLIENT_ENDED, this.lease.bytesToHost()));
	}

	/**
	 * The host stopped listening: both sides are ended. What they still send would reach
	 * nobody.
	 */
	void endBoth() {
		if ((set(SERVER_ENDED) & ACCEPTED) == 0) {
			resetBoth(ErrorCode.HOST_GONE, "the host stopped listening");
			return;
		}
		this.client.hangUp();
		this.host.hangUp();
	}

	void resetBoth(ErrorCode code, String reason) {
		over();
		this.client.reset(code, reason);
		this.host.reset(code, reason);
	}

	boolean isOver() {
		return (this.bits.get() & OVER) != 0;
	}

	private int set(int bit) {
		return this.bits.getAndUpdate((before) -> before | bit);
	}

	private void over() {
		if ((set(OVER) & OVER) == 0) {
			this.lease.left(this);
		}
	}

	/**
	 * What one end calls for what its peer does.
	 */
	private final class Side extends ForwardingEnd {

		private final StreamEnd from;

		private final int ended;

		private final LongAdder bytes;

		Side(StreamEnd from, StreamEnd to, int ended, LongAdder bytes) {
			super(to);
			this.from = from;
			this.ended = ended;
			this.bytes = bytes;
		}

		@Override
		public void accept() {
			set(ACCEPTED);
			super.accept();
		}

		@Override
		public void data(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
			if ((Join.this.bits.get() & SERVER_ENDED) != 0) {
				this.from.released(cost);
				resetBoth(ErrorCode.HOST_GONE, "the host stopped listening");
				return;
			}
			this.bytes.add(payload.remaining());
			super.data(kind, first, last, payload, cost);
		}

		@Override
		public void end() {
			super.end();
			ended();
		}

		@Override
		public void hangUp() {
			super.hangUp();
			ended();
		}

		private void ended() {
			int both = CLIENT_ENDED | HOST_ENDED;
			if (((set(this.ended) | this.ended) & both) == both) {
				over();
			}
		}

		@Override
		public void reset(ErrorCode code, String reason) {
			over();
			super.reset(code, reason);
		}

	}

}
