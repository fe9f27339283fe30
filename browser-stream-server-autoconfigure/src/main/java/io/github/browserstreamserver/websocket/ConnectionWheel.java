/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.transport.Connection;
import org.jspecify.annotations.Nullable;

/**
 * All live connections on one wheel that turns once a second: each turn shows the next
 * slot, so that the deadlines of thousands of connections need one timer, and are not
 * looked at all at the same moment. Safe for use by several threads; turned by one.
 */
final class ConnectionWheel {

	/** How many turns make a round, which takes a second. */
	static final int SLOTS = 8;

	private final Map<Connection, PeerIdentity>[] slots;

	private int next;

	@SuppressWarnings("unchecked") // arrays know nothing of type arguments
	ConnectionWheel() {
		this.slots = Stream.generate(ConcurrentHashMap<Connection, PeerIdentity>::new).limit(SLOTS).toArray(Map[]::new);
	}

	private Map<Connection, PeerIdentity> slotOf(Connection connection) {
		int hash = System.identityHashCode(connection);
		return this.slots[(hash ^ hash >>> 16) & (SLOTS - 1)];
	}

	void add(Connection connection, PeerIdentity identity) {
		slotOf(connection).put(connection, identity);
	}

	/**
	 * Forgets a connection.
	 * @param connection which
	 * @return whose it was, {@code null} if it is not here
	 */
	@Nullable PeerIdentity remove(Connection connection) {
		return slotOf(connection).remove(connection);
	}

	/**
	 * Shows the next slot.
	 * @param look what to do with each connection in it
	 */
	void turn(Consumer<Connection> look) {
		this.slots[this.next].keySet().forEach(look);
		this.next = (this.next + 1) % SLOTS;
	}

	void forEach(Consumer<Connection> action) {
		for (Map<Connection, PeerIdentity> slot : this.slots) {
			slot.keySet().forEach(action);
		}
	}

	int size() {
		int size = 0;
		for (Map<Connection, PeerIdentity> slot : this.slots) {
			size += slot.size();
		}
		return size;
	}

}
