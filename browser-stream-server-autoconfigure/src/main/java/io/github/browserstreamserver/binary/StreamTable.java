/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;

import io.github.browserstreamserver.stream.StreamKind;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one connection by their ids, and which of them wait to be accepted.
 * Guarded by the connection's lock.
 */
final class StreamTable {

	private final StreamIndex<BinaryStream> streams = new StreamIndex<>();

	private final LinkedHashSet<BinaryStream> unaccepted = new LinkedHashSet<>();

	private int fromPeer;

	private int fromUs;

	/** How many streams we opened that wait to be accepted. */
	private int offered;

	private int names;

	private int lastPeerId;

	private int lastOwnId;

	/**
	 * Checks the id of an OPEN that came in, and takes it.
	 * @param id the id
	 * @throws ProtocolException if it is not the peer's to give, or out of turn
	 */
	void takePeerId(int id) throws ProtocolException {
		if ((id & 1) == 0) {
			throw new ProtocolException("OPEN of stream " + id + ": a peer opens odd ids");
		}
		if (id <= this.lastPeerId) {
			throw new ProtocolException("OPEN of stream " + id + " after stream " + this.lastPeerId);
		}
		this.lastPeerId = id;
	}

	/**
	 * Returns the id of the next stream that we open.
	 * @return the id, or 0 if they have run out
	 */
	int nextOwnId() {
		if (this.lastOwnId > Wire.MAX_VALUE - 2) {
			return 0;
		}
		this.lastOwnId += 2;
		return this.lastOwnId;
	}

	void add(BinaryStream stream) {
		this.streams.put(stream);
		if (stream.isFromPeer()) {
			this.fromPeer++;
		}
		else {
			this.fromUs++;
		}
		if (stream.request().kind() == StreamKind.LISTEN) {
			this.names++;
		}
		else {
			this.unaccepted.add(stream);
			this.offered += stream.isFromPeer() ? 0 : 1;
		}
	}

	void accepted(BinaryStream stream) {
		if (this.unaccepted.remove(stream) && !stream.isFromPeer()) {
			this.offered--;
		}
	}

	int offered() {
		return this.offered;
	}

	void remove(BinaryStream stream) {
		if (this.streams.remove(stream)) {
			accepted(stream);
			this.names -= (stream.request().kind() == StreamKind.LISTEN) ? 1 : 0;
			if (stream.isFromPeer()) {
				this.fromPeer--;
			}
			else {
				this.fromUs--;
			}
		}
	}

	/**
	 * Finds a stream that a frame came in for.
	 * @param id its id
	 * @return the stream, or {@code null} if it is closed
	 * @throws ProtocolException if it was never opened
	 */
	@Nullable BinaryStream find(int id) throws ProtocolException {
		BinaryStream stream = this.streams.get(id);
		if (stream == null && id > (((id & 1) == 1) ? this.lastPeerId : this.lastOwnId)) {
			throw new ProtocolException("a frame for stream " + id + ", which was never opened");
		}
		return stream;
	}

	/**
	 * Takes the streams that should have been accepted by now.
	 * @param now the time in nanoseconds
	 * @return those streams
	 */
	List<BinaryStream> takeOverdue(long now) {
		List<BinaryStream> overdue = new ArrayList<>();
		Iterator<BinaryStream> oldestFirst = this.unaccepted.iterator();
		while (oldestFirst.hasNext()) {
			BinaryStream stream = oldestFirst.next();
			if (stream.deadline() - now > 0) {
				break;
			}
			oldestFirst.remove();
			this.offered -= stream.isFromPeer() ? 0 : 1;
			overdue.add(stream);
		}
		return overdue;
	}

	List<BinaryStream> all() {
		return this.streams.all();
	}

	/**
	 * Tells whether there are no streams, but those that stand for names.
	 * @return whether nothing is in progress
	 */
	boolean isQuiet() {
		return this.names == this.fromPeer + this.fromUs;
	}

	/**
	 * Tells whether the peer hosts a name, or asks for one.
	 * @return whether there is a stream that stands for a name
	 */
	boolean isHosting() {
		return this.names > 0;
	}

	/**
	 * Returns how many streams the peer opened that carry data: those that stand for
	 * names reserve nothing.
	 * @return their number
	 */
	int carryingFromPeer() {
		return this.fromPeer - this.names;
	}

	int fromPeer() {
		return this.fromPeer;
	}

	int fromUs() {
		return this.fromUs;
	}

}
