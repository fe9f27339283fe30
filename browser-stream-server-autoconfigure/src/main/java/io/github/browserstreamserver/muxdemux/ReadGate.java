/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.stream.ByteRate;
import io.github.browserstreamserver.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Whether a peer's connection is read: not while one of its streams holds more than it
 * may, or it sent more a second than it may. Its own lock is held while the transport is
 * told, so that it is told in the order in which things were decided; the transport calls
 * nobody back for that.
 */
final class ReadGate {

	private final Transport transport;

	/** What the peer may send, {@code null} for as much as it likes. */
	private final @Nullable ByteRate rate;

	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private final Set<MuxStream> full = new HashSet<>();

	@GuardedBy("lock")
	private boolean tooFast;

	@GuardedBy("lock")
	private boolean shut;

	@GuardedBy("lock")
	private long shutSince;

	ReadGate(Transport transport, @Nullable ByteRate rate) {
		this.transport = transport;
		this.rate = rate;
	}

	/**
	 * Stops reading because of a stream.
	 * @param stream the stream that holds too much
	 * @param now the time in nanoseconds
	 */
	void shut(MuxStream stream, long now) {
		this.lock.lock();
		try {
			if (suspend(now)) {
				this.full.add(stream);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Counts what came in, and stops reading if it is more than the peer may send.
	 * @param bytes how much
	 * @param now the time in nanoseconds
	 * @return whether it is far too much, and the transport cannot stop reading
	 */
	boolean isOverrun(int bytes, long now) {
		if (this.rate == null) {
			return false;
		}
		this.lock.lock();
		try {
			this.rate.force(bytes);
			this.tooFast = this.rate.isSpent() && suspend(now);
			return !this.tooFast && this.rate.isFarSpent();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Time went by.
	 * @param now the time in nanoseconds
	 */
	void tick(long now) {
		if (this.rate == null) {
			return;
		}
		this.lock.lock();
		try {
			this.rate.fill(now);
			if (this.tooFast && !this.rate.isSpent()) {
				this.tooFast = false;
				resumeIfNothingIsLeft();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private boolean suspend(long now) {
		if (!this.shut && this.transport.suspend()) {
			this.shut = true;
			this.shutSince = now;
		}
		return this.shut;
	}

	@GuardedBy("lock")
	private void resumeIfNothingIsLeft() {
		if (this.full.isEmpty() && !this.tooFast && this.shut) {
			this.shut = false;
			this.transport.resume();
		}
	}

	/**
	 * A stream is no more a reason not to read.
	 * @param stream the stream
	 */
	void open(MuxStream stream) {
		this.lock.lock();
		try {
			if (this.full.remove(stream)) {
				resumeIfNothingIsLeft();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isShut() {
		this.lock.lock();
		try {
			return this.shut;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the streams because of which nothing is read.
	 * @return a copy
	 */
	List<MuxStream> reasons() {
		this.lock.lock();
		try {
			return List.copyOf(this.full);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Tells how long nothing has been read.
	 * @param now the time in nanoseconds
	 * @return nanoseconds, 0 if it is read
	 */
	long shutFor(long now) {
		this.lock.lock();
		try {
			return this.shut ? now - this.shutSince : 0;
		}
		finally {
			this.lock.unlock();
		}
	}

}
