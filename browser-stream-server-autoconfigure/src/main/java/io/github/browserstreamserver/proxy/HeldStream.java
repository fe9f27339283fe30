/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.StreamEnd;
import org.jspecify.annotations.Nullable;

/**
 * A stream for which it is not decided yet where it goes. What its opener sends meanwhile
 * is kept, within the credit that the opener has anyway, and handed on in order when
 * {@link #opener()} is joined with somebody.
 * <p>
 * A lock guards what is kept; nothing is called with it.
 */
final class HeldStream {

	private final StreamEnd real;

	private final Runnable onGone;

	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private final ArrayDeque<Consumer<StreamEnd>> kept = new ArrayDeque<>(2);

	@GuardedBy("lock")
	private int keptCost;

	/** Where things go since all that was kept was handed on. */
	@GuardedBy("lock")
	private @Nullable StreamEnd target;

	/**
	 * How the opener was reset while it was held, to be told to whoever it is joined
	 * with.
	 */
	@GuardedBy("lock")
	private @Nullable Consumer<StreamEnd> gone;

	/**
	 * Begins to hold a stream.
	 * @param real the opener's end
	 * @param onGone called once, without a lock, when the opener went before it was
	 * decided
	 */
	HeldStream(StreamEnd real, Runnable onGone) {
		this.real = real;
		this.onGone = onGone;
	}

	/**
	 * From now on what the opener does is kept.
	 */
	void begin() {
		this.real.join(new Keeper());
	}

	/**
	 * Returns the end to go on with in place of the opener's own. It must be joined or
	 * reset.
	 * @return the end
	 */
	StreamEnd opener() {
		return new Opener();
	}

	/**
	 * Hands on what was kept, and then lets the opener go its way without us.
	 * @param to where to
	 */
	private void handTo(StreamEnd to) {
		while (true) {
			List<Consumer<StreamEnd>> calls;
			this.lock.lock();
			try {
				Consumer<StreamEnd> end = this.gone;
				calls = (end != null) ? List.of(end) : List.copyOf(this.kept);
				this.kept.clear();
				this.keptCost = 0;
				if (calls.isEmpty() || end != null) {
					this.target = to;
				}
			}
			finally {
				this.lock.unlock();
			}
			if (calls.isEmpty()) {
				break;
			}
			calls.forEach((call) -> call.accept(to));
			if (isHandedOn()) {
				return;
			}
		}
		this.real.join(to);
	}

	private boolean isHandedOn() {
		this.lock.lock();
		try {
			return this.target != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Does something at the other end, now or when there is one.
	 * @param call what to do
	 * @param cost of what is kept in it
	 */
	private void pass(Consumer<StreamEnd> call, int cost) {
		StreamEnd to;
		boolean dropped;
		this.lock.lock();
		try {
			to = this.target;
			dropped = to == null && this.gone != null;
			if (to == null && !dropped) {
				this.kept.add(call);
				this.keptCost += cost;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (to != null) {
			call.accept(to);
		}
		else if (dropped) {
			this.real.released(cost);
		}
	}

	/**
	 * Puts a part behind the one before, if both belong to a message: bytes that come in
	 * alone must not cost an object each.
	 * @return whether it did
	 */
	private boolean joins(boolean first, boolean last, ByteBuffer payload, int cost) {
		this.lock.lock();
		try {
			if (first || !(this.kept.peekLast() instanceof KeptData before)) {
				return false;
			}
			before.append(payload, last, cost);
			this.keptCost += cost;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Parts of one message.
	 */
	private static final class KeptData implements Consumer<StreamEnd> {

		private final MessageKind kind;

		private final boolean first;

		private boolean last;

		private byte[] bytes;

		private int length;

		private int cost;

		KeptData(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
			this.kind = kind;
			this.first = first;
			this.bytes = new byte[payload.remaining()];
			append(payload, last, cost);
		}

		void append(ByteBuffer payload, boolean ends, int more) {
			int count = payload.remaining();
			if (this.length + count > this.bytes.length) {
				this.bytes = Arrays.copyOf(this.bytes, Math.max(this.length + count, 2 * this.bytes.length));
			}
			payload.duplicate().get(this.bytes, this.length, count);
			this.length += count;
			this.cost += more;
			this.last = ends;
		}

		@Override
		public void accept(StreamEnd end) {
			end.data(this.kind, this.first, this.last, ByteBuffer.wrap(this.bytes, 0, this.length), this.cost);
		}

	}

	/**
	 * Tells whether the opener went while it was held.
	 * @return whether there is nobody to go on with
	 */
	boolean isGone() {
		this.lock.lock();
		try {
			return this.gone != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Drops what is kept.
	 * @param end what to do to whoever it is joined with later
	 * @return whether it was held until now
	 */
	private boolean drop(Consumer<StreamEnd> end) {
		int cost;
		this.lock.lock();
		try {
			if (this.target != null || this.gone != null) {
				return false;
			}
			this.gone = end;
			this.kept.clear();
			cost = this.keptCost;
			this.keptCost = 0;
		}
		finally {
			this.lock.unlock();
		}
		this.real.released(cost);
		return true;
	}

	private @Nullable StreamEnd target() {
		this.lock.lock();
		try {
			return this.target;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What the opener's side calls.
	 */
	private final class Keeper implements StreamEnd {

		@Override
		public void accept() {
			pass(StreamEnd::accept, 0);
		}

		@Override
		public void data(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
			StreamEnd to = target();
			if (to != null) {
				to.data(kind, first, last, payload, cost);
				return;
			}
			if (!joins(first, last, payload, cost)) {
				pass(new KeptData(kind, first, last, payload, cost), cost);
			}
		}

		@Override
		public void end() {
			pass(StreamEnd::end, 0);
		}

		@Override
		public void hangUp() {
			pass(StreamEnd::hangUp, 0);
		}

		@Override
		public void reset(ErrorCode code, String reason) {
			if (drop((end) -> end.reset(code, reason))) {
				HeldStream.this.onGone.run();
				return;
			}
			StreamEnd to = target();
			if (to != null) {
				to.reset(code, reason);
			}
		}

		@Override
		public boolean waitsFor(Object unread, Set<Object> seen) {
			StreamEnd to = target();
			return to != null && to.waitsFor(unread, seen);
		}

		@Override
		public void released(int cost) {
			StreamEnd to = target();
			if (to != null) {
				to.released(cost);
			}
		}

	}

	/**
	 * What the other side calls.
	 */
	private final class Opener implements StreamEnd {

		@Override
		public void join(StreamEnd other) {
			handTo(other);
		}

		@Override
		public void accept() {
			HeldStream.this.real.accept();
		}

		@Override
		public void data(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
			HeldStream.this.real.data(kind, first, last, payload, cost);
		}

		@Override
		public void end() {
			HeldStream.this.real.end();
		}

		@Override
		public void hangUp() {
			HeldStream.this.real.hangUp();
		}

		@Override
		public void reset(ErrorCode code, String reason) {
			drop(StreamEnd::end);
			HeldStream.this.real.reset(code, reason);
		}

		@Override
		public boolean waitsFor(Object unread, Set<Object> seen) {
			return HeldStream.this.real.waitsFor(unread, seen);
		}

		@Override
		public void released(int cost) {
			HeldStream.this.real.released(cost);
		}

	}

}
