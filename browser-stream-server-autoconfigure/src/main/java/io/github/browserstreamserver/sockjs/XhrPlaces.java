/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.stream.Counts;

/**
 * How many sessions of requests there may be: one that is over or was refused has its
 * place as long as it is remembered. Safe for use by several threads.
 */
final class XhrPlaces {

	/** What a container's limit of connections is for WebSockets; requests have none. */
	static final int MOST = 8192;

	/**
	 * Those of one address, so that it does not take the places of all others. How many
	 * of them are connected at a time is bounded more tightly, as for all connections.
	 */
	static final int MOST_OF_AN_ADDRESS = MOST / 2;

	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private int all;

	@GuardedBy("lock")
	private final Counts<String> ofAddresses = new Counts<>();

	boolean areTakenFor(String address) {
		this.lock.lock();
		try {
			return this.all >= MOST || this.ofAddresses.of(address) >= MOST_OF_AN_ADDRESS;
		}
		finally {
			this.lock.unlock();
		}
	}

	void take(String address) {
		this.lock.lock();
		try {
			this.all++;
			this.ofAddresses.add(address);
		}
		finally {
			this.lock.unlock();
		}
	}

	void give(String address) {
		this.lock.lock();
		try {
			this.all--;
			this.ofAddresses.remove(address);
		}
		finally {
			this.lock.unlock();
		}
	}

}
