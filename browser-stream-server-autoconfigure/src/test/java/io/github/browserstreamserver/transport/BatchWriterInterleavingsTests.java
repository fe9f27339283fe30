/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.testing.Interleavings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.github.browserstreamserver.testing.Interleavings.must;

/**
 * Something is to be sent while a write ends and while the connection does: one write at
 * a time, none forgotten, and what was sent cost its sender once.
 */
@Tag("interleavings")
class BatchWriterInterleavingsTests {

	@Test
	void whatIsAddedWhileAWriteEndsIsSent() {
		Interleavings.check(() -> {
			Line line = new Line();
			line.add(1);
			Interleavings.race(() -> line.add(2), line::writeEnds, () -> line.add(4));
			line.allWritesEnd();
			must(line.taken == 7, "sent only " + line.taken);
			must(line.released == 7, "came back: " + line.released);
		});
	}

	@Test
	void whatWasSentComesBackOnceWhenTheConnectionEndsMeanwhile() {
		Interleavings.check(() -> {
			Line line = new Line();
			line.add(1);
			Interleavings.race(() -> line.add(2), line::writeEnds, line::closes);
			line.allWritesEnd();
			must(line.idles == 1, "told " + line.idles + " times that nothing is written");
			must(line.released == line.taken, line.released + " came back of " + line.taken);
		});
	}

	/**
	 * A connection that sends numbers, of which each is its own cost.
	 */
	private static final class Line implements Transport, BatchSource, BatchSource.Sender, StreamEnd {

		private final ReentrantLock lock = new ReentrantLock();

		private final BatchWriter writer = new BatchWriter(this.lock, this, new BatchBuffers(), this, () -> {
		});

		private int waiting;

		private int cost;

		private int taken;

		private int filled;

		/** What was in the write that is under way, and in those that are over. */
		private int writing;

		private int written;

		private boolean closed;

		private int released;

		private int idles;

		private @Nullable Completion underWay;

		void add(int number) {
			this.lock.lock();
			try {
				this.waiting += number;
			}
			finally {
				this.lock.unlock();
			}
			this.writer.flush();
		}

		boolean writeEnds() {
			Completion completion;
			synchronized (this) {
				completion = this.underWay;
				this.underWay = null;
				this.written += this.writing;
				this.writing = 0;
			}
			if (completion == null) {
				return false;
			}
			completion.completed(true);
			return true;
		}

		void allWritesEnd() {
			while (writeEnds()) {
				// and the next
			}
		}

		void closes() {
			boolean idle;
			synchronized (this) {
				this.closed = true;
			}
			this.lock.lock();
			try {
				idle = this.writer.stop(this::isIdle);
			}
			finally {
				this.lock.unlock();
			}
			if (idle) {
				isIdle();
			}
			this.writer.abandon();
		}

		private synchronized void isIdle() {
			this.idles++;
		}

		@Override
		public synchronized void write(ByteBuffer message, Completion completion) {
			must(this.underWay == null, "two writes at a time");
			this.underWay = completion;
			this.writing = this.filled;
		}

		@Override
		public void close(int code, String reason) {
		}

		@Override
		public boolean isEmpty() {
			return this.waiting == 0;
		}

		@Override
		public ByteBuffer fill(List<? super Sender> senders) {
			senders.add(this);
			this.taken += this.waiting;
			this.cost += this.waiting;
			this.filled = this.waiting;
			this.waiting = 0;
			return ByteBuffer.allocate(BatchBuffers.SMALL);
		}

		@Override
		public void clear() {
			this.waiting = 0;
		}

		@Override
		public int takeSentCost() {
			int all = this.cost;
			this.cost = 0;
			return all;
		}

		@Override
		public StreamEnd other() {
			return this;
		}

		@Override
		public synchronized void released(int bytes) {
			this.released += bytes;
			must(this.closed || this.released <= this.written, "came back before it was sent");
		}

	}

}
