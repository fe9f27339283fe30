/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.util.ArrayList;
import java.util.List;

/**
 * As many event loops as there are processors, among which sockets are dealt out in turn.
 * They are started when the first is needed. Safe for use by several threads.
 */
public final class EventLoops implements AutoCloseable {

	private final List<EventLoop> loops = new ArrayList<>();

	private int next;

	/**
	 * Creates none yet.
	 */
	public EventLoops() {
	}

	/**
	 * Returns the loop for another socket.
	 * @return one that runs
	 */
	synchronized EventLoop next() {
		int count = Math.max(1, Runtime.getRuntime().availableProcessors());
		if (this.loops.size() < count) {
			EventLoop loop = start(this.loops.size());
			this.loops.add(loop);
			return loop;
		}
		this.next = (this.next + 1) % this.loops.size();
		EventLoop loop = this.loops.get(this.next);
		if (loop.isStopped()) {
			// it died of a fault
			loop = start(this.next);
			this.loops.set(this.next, loop);
		}
		return loop;
	}

	private static EventLoop start(int index) {
		EventLoop loop = new EventLoop("browser-stream-server-loop-" + (index + 1));
		loop.start();
		return loop;
	}

	/**
	 * Ends the loops and closes the sockets that are left. Others are made when they are
	 * needed again. A second call has no effect.
	 */
	public synchronized void stop() {
		this.loops.forEach(EventLoop::stop);
		this.loops.clear();
		this.next = 0;
	}

	/**
	 * Ends those that a late handshake has started, when the server is gone too.
	 */
	@Override
	public void close() {
		stop();
	}

}
