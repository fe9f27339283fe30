/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.net.ProtocolException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A peer in a dialect of whole messages: a stream writes at once what it is given, and
 * waits only for room in the socket.
 *
 * @param <S> its streams
 */
abstract class MessagePeer<S extends MessageStream> extends MultiplexedPeer {

	private final Map<String, S> streams = new HashMap<>();

	private final ArrayDeque<MessageStream> blocked = new ArrayDeque<>();

	MessagePeer(Supplier<StreamHandler> acceptor) {
		super(acceptor);
	}

	protected final S add(S stream) {
		this.streams.put(stream.id, stream);
		return stream;
	}

	protected final void remove(S stream) {
		this.streams.remove(stream.id);
	}

	protected final @Nullable S find(String id) {
		return this.streams.get(id);
	}

	protected final S stream(String id) throws ProtocolException {
		S stream = find(id);
		if (stream == null) {
			throw new ProtocolException("no stream " + id);
		}
		return stream;
	}

	/**
	 * Returns whether there is room for a message. If not, the stream is resumed when
	 * there is.
	 * @param stream which has a message
	 * @return whether there is room
	 */
	final boolean writable(MessageStream stream) {
		if (connection().writable()) {
			return true;
		}
		this.blocked.add(stream);
		return false;
	}

	@Override
	public final void drained() {
		// who fills the socket waits behind the others then
		while (!this.blocked.isEmpty() && connection().writable()) {
			this.blocked.remove().resume();
		}
	}

}
