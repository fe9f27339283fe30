/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.browserstreamserver.proxy.StreamAuthorizer.Attempt;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.StreamEnd;

/**
 * A stream that needs a right, from its open to its end: held until it is decided, and
 * afterwards between both sides, to be cut when the right ends.
 * <p>
 * Its state is a set of bits that are only ever set; no lock.
 */
final class GuardedStream {

	private static final int OPENER_ENDED = 1;

	private static final int OTHER_ENDED = 2;

	private static final int OVER = 4;

	private final Attempt attempt;

	private final HeldStream held;

	private final Consumer<GuardedStream> onOver;

	private final AtomicInteger bits = new AtomicInteger();

	private volatile StreamEnd other = StreamEnd.NOWHERE;

	GuardedStream(Attempt attempt, StreamEnd opener, Consumer<GuardedStream> onOver) {
		this.attempt = attempt;
		this.held = new HeldStream(opener, this::over);
		this.onOver = onOver;
	}

	Attempt attempt() {
		return this.attempt;
	}

	void hold() {
		this.held.begin();
	}

	/**
	 * Returns the opener's end, for a stream that may go on.
	 * @return the end
	 */
	StreamEnd opener() {
		return new ToOpener(this.held.opener());
	}

	/**
	 * The peer may not, or may no more.
	 * @param reason why not
	 */
	void refuse(String reason) {
		over();
		this.held.opener().reset(ErrorCode.REFUSED, reason);
		this.other.reset(ErrorCode.REFUSED, reason);
	}

	private void ended(int which) {
		int both = OPENER_ENDED | OTHER_ENDED;
		if (((set(which) | which) & both) == both) {
			over();
		}
	}

	private int set(int bit) {
		return this.bits.getAndUpdate((before) -> before | bit);
	}

	private void over() {
		if ((set(OVER) & OVER) == 0) {
			this.onOver.accept(this);
		}
	}

	boolean isOver() {
		return (this.bits.get() & OVER) != 0;
	}

	/**
	 * What is done to one side, seen on its way.
	 */
	private abstract class Side extends ForwardingEnd {

		private final int ended;

		Side(StreamEnd to, int ended) {
			super(to);
			this.ended = ended;
		}

		@Override
		public void end() {
			super.end();
			ended(this.ended);
		}

		@Override
		public void hangUp() {
			super.hangUp();
			ended(this.ended);
		}

		@Override
		public void reset(ErrorCode code, String reason) {
			over();
			super.reset(code, reason);
		}

	}

	private final class ToOpener extends Side {

		ToOpener(StreamEnd opener) {
			super(opener, OTHER_ENDED);
		}

		@Override
		public void join(StreamEnd end) {
			GuardedStream.this.other = end;
			to().join(new ToOther(end));
			if (isOver()) {
				// refused, or gone, in this very moment
				end.reset(ErrorCode.CANCELLED, "the stream was over before it began");
			}
		}

	}

	private final class ToOther extends Side {

		ToOther(StreamEnd end) {
			super(end, OPENER_ENDED);
		}

	}

}
