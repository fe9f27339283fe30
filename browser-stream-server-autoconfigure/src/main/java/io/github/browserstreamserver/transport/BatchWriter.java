/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Sends what waits in a {@link BatchSource}: one write in flight, and what accumulates
 * meanwhile goes out as the next batch. The streams that had data in a batch are told
 * when it has left.
 * <p>
 * State is guarded by the connection's lock, which is never held while the transport or a
 * stream's other end is called.
 */
public final class BatchWriter {

	private final ReentrantLock lock;

	private final Transport transport;

	private final BatchBuffers buffers;

	private final BatchSource source;

	private final Runnable onFailure;

	private final AtomicBoolean scheduled = new AtomicBoolean();

	@GuardedBy("lock")
	private boolean writing;

	@GuardedBy("lock")
	private boolean stopped;

	@GuardedBy("lock")
	private List<? extends BatchSource.Sender> inFlight = List.of();

	@GuardedBy("lock")
	private Runnable whenIdle = () -> {
	};

	@GuardedBy("lock")
	private long batches;

	/**
	 * Creates a writer.
	 * @param lock the connection's lock
	 * @param transport where to
	 * @param buffers where to borrow buffers
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
		if (this.scheduled.compareAndSet(false, true)) {
			Trampoline.later(this::writeNext);
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
			batch = this.buffers.take();
			List<? extends BatchSource.Sender> senders = this.source.fill(batch);
			if (senders == null) {
				this.buffers.give(batch);
				return;
			}
			batch.flip();
			this.inFlight = senders;
			this.writing = true;
			this.batches++;
		}
		finally {
			this.lock.unlock();
		}
		// 2. Do it
		if (this.transport.copies()) {
			this.transport.write(batch, (written) -> Trampoline.later(() -> completed(written)));
			this.buffers.give(batch);
		}
		else {
			this.transport.write(batch, (written) -> Trampoline.later(() -> {
				this.buffers.give(batch);
				completed(written);
			}));
		}
	}

	private void completed(boolean written) {
		Runnable next;
		List<Sent> sent;
		this.lock.lock();
		try {
			// both in one step: as soon as nothing is written, another thread may begin
			this.writing = false;
			sent = takeInFlight();
			next = this.stopped ? this.whenIdle : (written ? this::flush : this.onFailure);
		}
		finally {
			this.lock.unlock();
		}
		sent.forEach(Sent::release);
		next.run();
	}

	/**
	 * Counts the last batch as gone, because the transport is.
	 */
	public void abandon() {
		List<Sent> sent;
		this.lock.lock();
		try {
			sent = takeInFlight();
		}
		finally {
			this.lock.unlock();
		}
		sent.forEach(Sent::release);
	}

	@GuardedBy("lock")
	private List<Sent> takeInFlight() {
		List<Sent> sent = new ArrayList<>(this.inFlight.size());
		for (BatchSource.Sender sender : this.inFlight) {
			sent.add(new Sent(sender, sender.takeSentCost()));
		}
		this.inFlight = List.of();
		return sent;
	}

	/**
	 * What a stream had in a batch.
	 *
	 * @param sender the stream
	 * @param cost what it had cost the one who wrote it
	 */
	private record Sent(BatchSource.Sender sender, int cost) {

		void release() {
			this.sender.other().released(this.cost);
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
