/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits in a {@link BatchSource}: one write in flight, and what accumulates
 * meanwhile goes out as the next batch. The streams that had data in a batch are told
 * when it has left.
 * <p>
 * State is guarded by the connection's lock, which is never held while the transport or a
 * stream's other end is called. A batch allocates nothing.
 */
public final class BatchWriter {

	private static final Logger logger = LoggerFactory.getLogger(BatchWriter.class);

	private final ReentrantLock lock;

	private final Transport transport;

	private final BatchBuffers buffers;

	private final BatchSource source;

	private final Runnable onFailure;

	private final Runnable writeNext = this::writeNext;

	private final Runnable completed = this::completed;

	private final Written completion = new Written();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	/** The buffer that is being written, until the transport is done with it. */
	private final AtomicReference<@Nullable ByteBuffer> borrowed = new AtomicReference<>();

	/** Costs to collect in, when no thread is about to release those of a batch. */
	private final AtomicReference<@Nullable SentCosts> spare = new AtomicReference<>();

	private volatile boolean worked;

	@GuardedBy("lock")
	private boolean writing;

	@GuardedBy("lock")
	private boolean stopped;

	@GuardedBy("lock")
	private SentCosts inFlight = new SentCosts();

	@GuardedBy("lock")
	private Runnable whenIdle = () -> {
	};

	@GuardedBy("lock")
	private long batches;

	/**
	 * Creates a writer.
	 * @param lock the connection's lock
	 * @param transport where to
	 * @param buffers where the source borrows buffers
	 * @param source what to send
	 * @param onFailure called without the lock when a write fails
	 */
	public BatchWriter(ReentrantLock lock, Transport transport, BatchBuffers buffers, BatchSource source,
			Runnable onFailure) {
		this.lock = lock;
		this.transport = transport;
		this.buffers = buffers;
		this.source = source;
		this.onFailure = onFailure;
	}

	/**
	 * Something may wait to be sent. Must be called without the lock.
	 */
	public void flush() {
		assert !this.lock.isHeldByCurrentThread() : "flush calls out, the lock must not be held";
		if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
			Trampoline.later(this.writeNext);
		}
	}

	private void writeNext() {
		this.scheduled.set(false);
		ByteBuffer batch;
		// 1. Decide
		this.lock.lock();
		try {
			if (this.writing || this.stopped || this.source.isEmpty()) {
				return;
			}
			batch = this.source.fill(this.inFlight.senders);
			if (batch == null) {
				return;
			}
			this.writing = true;
			this.batches++;
		}
		finally {
			this.lock.unlock();
		}
		// 2. Do it
		this.borrowed.set(batch);
		this.completion.begin();
		try {
			this.transport.write(batch, this.completion);
		}
		catch (RuntimeException | Error ex) {
			// this connection's fault, whoever's thread it is
			logger.debug("A write failed", ex);
			this.completion.completed(false);
		}
	}

	/**
	 * What the transport calls. There is one write at a time, so one of these is enough.
	 */
	private final class Written implements Transport.Completion {

		private final AtomicBoolean pending = new AtomicBoolean();

		void begin() {
			this.pending.set(true);
		}

		@Override
		public void bufferFree() {
			ByteBuffer buffer = BatchWriter.this.borrowed.getAndSet(null);
			if (buffer != null) {
				BatchWriter.this.buffers.give(buffer);
			}
		}

		@Override
		public void completed(boolean written) {
			if (!this.pending.compareAndSet(true, false)) {
				// a transport that says so, and throws
				return;
			}
			bufferFree();
			BatchWriter.this.worked = written;
			Trampoline.later(BatchWriter.this.completed);
		}

	}

	private void completed() {
		Runnable next;
		SentCosts sent;
		this.lock.lock();
		try {
			// both in one step: as soon as nothing is written, another thread may begin
			this.writing = false;
			sent = takeInFlight();
			next = this.stopped ? this.whenIdle : (this.worked ? this.writeNext : this.onFailure);
		}
		finally {
			this.lock.unlock();
		}
		release(sent);
		if (next == this.writeNext) {
			flush();
		}
		else {
			next.run();
		}
	}

	/**
	 * Counts the last batch as gone, because the transport is.
	 */
	public void abandon() {
		SentCosts sent;
		this.lock.lock();
		try {
			sent = takeInFlight();
		}
		finally {
			this.lock.unlock();
		}
		release(sent);
	}

	@GuardedBy("lock")
	private SentCosts takeInFlight() {
		SentCosts sent = this.inFlight;
		sent.take();
		SentCosts next = this.spare.getAndSet(null);
		this.inFlight = (next != null) ? next : new SentCosts();
		return sent;
	}

	private void release(SentCosts sent) {
		sent.release();
		this.spare.set(sent);
	}

	/**
	 * The streams that had data in a batch, and what it had cost those who wrote it. It
	 * is filled with the lock, and released without by the one thread that took it.
	 */
	private static final class SentCosts {

		private final List<BatchSource.Sender> senders = new ArrayList<>(2);

		private int[] costs = new int[2];

		void take() {
			int count = this.senders.size();
			if (this.costs.length < count) {
				this.costs = new int[Math.max(count, 2 * this.costs.length)];
			}
			for (int index = 0; index < count; index++) {
				this.costs[index] = this.senders.get(index).takeSentCost();
			}
		}

		void release() {
			for (int index = 0; index < this.senders.size(); index++) {
				this.senders.get(index).other().released(this.costs[index]);
			}
			this.senders.clear();
		}

	}

	/**
	 * Sends nothing more. Must be called with the lock.
	 * @param idle run without the lock when the last write is over
	 * @return whether there is none under way, so that the caller may run it at once
	 */
	@SuppressWarnings("GuardedBy") // the caller holds the same lock, which Error Prone
									// cannot see
	public boolean stop(Runnable idle) {
		assert this.lock.isHeldByCurrentThread() : "stop needs the connection's lock";
		this.stopped = true;
		this.whenIdle = idle;
		this.source.clear();
		return !this.writing;
	}

	/**
	 * Tells whether a batch is under way. Must be called with the lock.
	 * @return whether its write has not completed yet
	 */
	@SuppressWarnings("GuardedBy") // as in stop
	public boolean isWriting() {
		assert this.lock.isHeldByCurrentThread() : "isWriting needs the connection's lock";
		return this.writing;
	}

	/**
	 * Returns how many batches were begun, to see whether anything was sent. Must be
	 * called with the lock.
	 * @return a count
	 */
	@SuppressWarnings("GuardedBy") // as in stop
	public long batches() {
		assert this.lock.isHeldByCurrentThread() : "batches needs the connection's lock";
		return this.batches;
	}

}
