/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Streams by their ids: a hash table with open addressing, as each frame that comes in
 * asks it and a boxed key would be an object for each. It begins with no table at all,
 * and shrinks again. Guarded by the connection's lock.
 */
final class StreamIndex<S extends StreamIndex.Entry> {

	/**
	 * What has an id that never changes.
	 */
	interface Entry {

		int id();

	}

	private static final int LEAST = 4;

	/** Peers choose ids: which of them meet in one place must not be foreseen. */
	private static final int SECRET = new SecureRandom().nextInt();

	private static final @Nullable Entry[] NONE = {};

	private @Nullable Entry[] slots = NONE;

	private int size;

	@SuppressWarnings("unchecked") // only such are put in
	@Nullable S get(int id) {
		@Nullable Entry[] table = this.slots;
		if (table.length == 0) {
			return null;
		}
		for (int slot = home(id, table.length);; slot = (slot + 1) & (table.length - 1)) {
			Entry entry = table[slot];
			if (entry == null || entry.id() == id) {
				return (S) entry;
			}
		}
	}

	private static int home(int id, int length) {
		// as MurmurHash3 ends: each bit of the id changes each bit of the result
		int hash = id + SECRET;
		hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
		hash = (hash ^ hash >>> 13) * 0xC2B2AE35 + SECRET;
		return (hash ^ hash >>> 16) & (length - 1);
	}

	/**
	 * Adds a stream whose id is not there yet.
	 * @param stream the stream
	 */
	void put(S stream) {
		if (this.size >= this.slots.length / 2) {
			resize(Math.max(LEAST, this.slots.length * 2));
		}
		insert(this.slots, stream);
		this.size++;
	}

	private static void insert(@Nullable Entry[] table, Entry stream) {
		int slot = home(stream.id(), table.length);
		while (table[slot] != null) {
			slot = (slot + 1) & (table.length - 1);
		}
		table[slot] = stream;
	}

	private void resize(int length) {
		@Nullable Entry[] table = new Entry[length];
		for (Entry stream : this.slots) {
			if (stream != null) {
				insert(table, stream);
			}
		}
		this.slots = table;
	}

	/**
	 * Removes a stream.
	 * @param stream the stream
	 * @return whether it was there
	 */
	boolean remove(S stream) {
		@Nullable Entry[] table = this.slots;
		if (get(stream.id()) != stream) {
			return false;
		}
		int hole = home(stream.id(), table.length);
		while (table[hole] != stream) {
			hole = (hole + 1) & (table.length - 1);
		}
		close(table, hole);
		this.size--;
		if (table.length > LEAST && this.size < table.length / 8) {
			resize(table.length / 2);
		}
		return true;
	}

	/**
	 * Moves up what stands behind a hole because its own place was taken.
	 */
	private static void close(@Nullable Entry[] table, int from) {
		int mask = table.length - 1;
		int hole = from;
		for (int slot = (hole + 1) & mask;; slot = (slot + 1) & mask) {
			Entry next = table[slot];
			if (next == null) {
				break;
			}
			int distance = (slot - home(next.id(), table.length)) & mask;
			if (distance >= ((slot - hole) & mask)) {
				table[hole] = next;
				hole = slot;
			}
		}
		table[hole] = null;
	}

	@SuppressWarnings("unchecked") // only such are put in
	List<S> all() {
		List<S> all = new ArrayList<>(this.size);
		for (Entry entry : this.slots) {
			if (entry != null) {
				all.add((S) entry);
			}
		}
		return all;
	}

}
