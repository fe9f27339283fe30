/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.Peer;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;

/**
 * One host's hold on a name, from the listen to its end; joined with the host's control
 * stream, whose end is its own. Clients that connect before the name was announced wait
 * here.
 * <p>
 * Its own lock guards its state; nothing is called with it.
 */
final class Lease implements StreamEnd {

	private final Names names;

	private final String name;

	private final Peer host;

	private final StreamEnd control;

	private final @Nullable Owner owner;

	private final @Nullable String principal;

	private final Instant since;

	private final LongAdder bytesToHost = new LongAdder();

	private final LongAdder bytesFromHost = new LongAdder();

	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private final Set<Join> joins = new HashSet<>();

	@GuardedBy("lock")
	private final Map<Join, OutgoingStream> waiting = new LinkedHashMap<>();

	@GuardedBy("lock")
	private boolean announced;

	@GuardedBy("lock")
	private boolean ended;

	private volatile boolean lost;

	Lease(Names names, String name, Peer host, StreamEnd control, @Nullable Owner owner, Instant since) {
		this.names = names;
		this.name = name;
		this.host = host;
		this.control = control;
		this.owner = owner;
		this.principal = Owner.principal(host);
		this.since = since;
	}

	/**
	 * Joins a client with the host.
	 * @param request what the client asked for
	 * @param client its end
	 * @return whether the name is still held; if not, nothing was done
	 */
	boolean connect(StreamRequest request, StreamEnd client) {
		OutgoingStream hostEnd = this.host.prepare(request);
		Join join = new Join(this, client, hostEnd);
		this.lock.lock();
		try {
			if (this.ended) {
				return false;
			}
			// from here on the end of the name is the end of the stream
			this.joins.add(join);
		}
		finally {
			this.lock.unlock();
		}
		// before anybody can start it
		join.connect();
		boolean startNow;
		this.lock.lock();
		try {
			if (this.ended || join.isOver()) {
				this.joins.remove(join);
				return true;
			}
			startNow = this.announced;
			if (!startNow) {
				this.waiting.put(join, hostEnd);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (startNow) {
			hostEnd.start();
		}
		return true;
	}

	/**
	 * The name was announced: now the host may know, and clients may come.
	 */
	void announced() {
		if (isEnded()) {
			return;
		}
		// first: as soon as the flag is set, another thread may start a stream
		this.control.accept();
		List<OutgoingStream> toStart;
		this.lock.lock();
		try {
			this.announced = !this.ended;
			toStart = List.copyOf(this.waiting.values());
			this.waiting.clear();
		}
		finally {
			this.lock.unlock();
		}
		toStart.forEach(OutgoingStream::start);
	}

	// --- what the host does with its control stream

	@Override
	public void end() {
		List<Join> streams = finish();
		this.names.remove(this, DestroyReason.ENDED);
		streams.forEach(Join::endBoth);
		this.control.accept();
		this.control.end();
	}

	@Override
	public void reset(ErrorCode code, String reason) {
		List<Join> streams = finish();
		boolean lost = code == ErrorCode.HOST_GONE;
		this.lost = lost && this.host.isLost();
		this.names.remove(this, lost ? DestroyReason.HOST_GONE : DestroyReason.ENDED);
		streams.forEach((join) -> join.resetBoth(ErrorCode.HOST_GONE,
				lost ? "the host's connection is gone" : "the host stopped listening"));
	}

	// --- what is done to it

	/**
	 * The owner took the name from another connection.
	 */
	void replaced() {
		List<Join> streams = finish();
		this.control.reset(ErrorCode.REPLACED, "the owner of '" + this.name + "' listens from another connection");
		streams.forEach((join) -> join.resetBoth(ErrorCode.HOST_GONE, "the host listens from another connection"));
	}

	/**
	 * The application stops.
	 */
	void shutdown() {
		List<Join> streams = finish();
		this.names.remove(this, DestroyReason.SHUTDOWN);
		this.control.reset(ErrorCode.SHUTDOWN, "the application stops");
		streams.forEach((join) -> join.resetBoth(ErrorCode.SHUTDOWN, "the application stops"));
	}

	private List<Join> finish() {
		this.lock.lock();
		try {
			this.ended = true;
			this.waiting.clear();
			return List.copyOf(this.joins);
		}
		finally {
			this.lock.unlock();
		}
	}

	void left(Join join) {
		this.lock.lock();
		try {
			this.joins.remove(join);
			this.waiting.remove(join);
		}
		finally {
			this.lock.unlock();
		}
	}

	ServerInfo info() {
		int streams;
		this.lock.lock();
		try {
			streams = this.joins.size();
		}
		finally {
			this.lock.unlock();
		}
		return new ServerInfo(this.name, this.since, streams, this.bytesToHost.sum(), this.bytesFromHost.sum());
	}

	LongAdder bytesToHost() {
		return this.bytesToHost;
	}

	LongAdder bytesFromHost() {
		return this.bytesFromHost;
	}

	String name() {
		return this.name;
	}

	/**
	 * Tells whether the host's line broke, so that it may come back for its name.
	 * @return whether it went without taking its leave
	 */
	boolean isLost() {
		return this.lost;
	}

	/**
	 * Returns who bears what is kept for the host: its user, or where it came from.
	 * @return a name or an address, {@code null} if nothing is known
	 */
	@Nullable String user() {
		return Owner.bearer(this.host);
	}

	boolean isEnded() {
		this.lock.lock();
		try {
			return this.ended;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Nullable String principal() {
		return this.principal;
	}

	@Nullable Owner owner() {
		return this.owner;
	}

	Peer host() {
		return this.host;
	}

	Instant since() {
		return this.since;
	}

}
