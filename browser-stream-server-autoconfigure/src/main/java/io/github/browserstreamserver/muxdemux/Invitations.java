/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The clients that a host is to accept: for each it is told a UNIQUE_ID on the stream
 * that stands for its name, and opens a stream with that id. Guarded by the connection's
 * lock.
 */
final class Invitations {

	private static final int ID_BYTES = 16;

	private static final SecureRandom RANDOM = new SecureRandom();

	/** The streams that stand for names, by the name. */
	private final Map<String, MuxStream> servers = new HashMap<>();

	/** The streams that the host has not opened yet, the oldest first. */
	private final Map<String, MuxStream> waiting = new LinkedHashMap<>();

	/**
	 * The host asks for a name. It is known here before it can get it, so that no client
	 * comes too early; a name that it has already stays with the stream that has it.
	 * @param server the stream that is to stand for it
	 */
	void serve(MuxStream server) {
		this.servers.putIfAbsent(server.name(), server);
	}

	void serveNoMore(MuxStream server) {
		this.servers.remove(server.name(), server);
	}

	/**
	 * Tells a host of a client.
	 * @param stream to be opened by the host
	 * @param deadline until when
	 * @return the stream that stands for the name and has something to send now, or
	 * {@code null} if the host does not have the name any more
	 */
	@Nullable MuxStream invite(MuxStream stream, long deadline) {
		MuxStream server = this.servers.get(stream.name());
		if (server == null) {
			return null;
		}
		byte[] random = new byte[ID_BYTES];
		RANDOM.nextBytes(random);
		String client = HexFormat.of().formatHex(random);
		stream.invited(client, deadline);
		this.waiting.put(client, stream);
		server.leaving().introduce(client);
		return server;
	}

	/**
	 * The host opens the stream for a client.
	 * @param name the server that the client connected to
	 * @param client its id
	 * @return the stream, or {@code null} if no such client waits, or not any more
	 */
	@Nullable MuxStream accept(String name, String client) {
		MuxStream stream = this.waiting.get(client);
		if (stream == null || !stream.name().equals(name)) {
			return null;
		}
		this.waiting.remove(client);
		return stream;
	}

	/**
	 * A client does not wait any more.
	 * @param stream that was to be opened for it
	 */
	void withdraw(MuxStream stream) {
		String client = stream.invitation();
		if (client != null && this.waiting.remove(client, stream)) {
			MuxStream server = this.servers.get(stream.name());
			if (server != null) {
				server.leaving().withdraw(client);
			}
		}
	}

	/**
	 * Finds the clients that the host has not accepted in time. They stay until they are
	 * withdrawn.
	 * @param now the time in nanoseconds
	 * @return their streams
	 */
	List<MuxStream> overdue(long now) {
		List<MuxStream> overdue = new ArrayList<>();
		for (MuxStream stream : this.waiting.values()) {
			if (stream.deadline() - now > 0) {
				break;
			}
			overdue.add(stream);
		}
		return overdue;
	}

	int size() {
		return this.waiting.size();
	}

	/**
	 * Returns all streams that wait, and forgets everything.
	 * @return the streams
	 */
	List<MuxStream> takeAll() {
		List<MuxStream> all = List.copyOf(this.waiting.values());
		this.waiting.clear();
		this.servers.clear();
		return all;
	}

}
