/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.util.List;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.OpenRate;
import io.github.browserstreamserver.stream.StreamKind;
import io.github.browserstreamserver.stream.StreamRequest;
import io.github.browserstreamserver.stream.TargetRules;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a peer do: they open streams, or belong to one. Lines for an id that
 * is not known, and events that mux-demux does not have, are nobody's business.
 */
final class IncomingLines implements LineSplitter.LineHandler {

	private final MuxConnection connection;

	/** When the peer will be even with the rate at which it may open streams. */
	private long even;

	private boolean opened;

	IncomingLines(MuxConnection connection) {
		this.connection = connection;
	}

	@Override
	public void line(byte[] bytes, int offset, int size) throws MuxDemuxException {
		Line line = Line.read(bytes, offset, size);
		if (line == null || this.connection.isTerminated()) {
			return;
		}
		MuxStream stream = this.connection.find(line.id());
		if (stream == null) {
			if ("new".equals(line.event())) {
				open(line.id(), line.meta());
			}
			return;
		}
		switch (line.event()) {
			case "data" -> stream.peer().writes(line.kind(), line.value());
			case "end" -> stream.peer().ends();
			case "close" -> stream.peer().closes();
			case "pause" -> stream.peer().pauses(true);
			case "resume" -> stream.peer().pauses(false);
			default -> {
			}
		}
	}

	private void open(String id, @Nullable String text) throws MuxDemuxException {
		if (text == null) {
			refuse(id, Lines.noRoute("undefined"));
			return;
		}
		Meta meta = this.connection.dialect().metas().read(text);
		if (TargetRules.fault(meta.name()) != null) {
			refuse(id, (meta.role() == StreamRole.ROUTE) ? Lines.noRoute(text) : Lines.invalidName(meta.name()));
			return;
		}
		switch (meta.role()) {
			case LISTEN -> begin(id, meta, StreamKind.LISTEN);
			case CONNECT -> begin(id, meta, StreamKind.CONNECT);
			case ROUTE -> begin(id, meta, StreamKind.ROUTE);
			case ACCEPT -> accept(id, meta);
			case NONE -> refuse(id, Lines.invalidName(meta.name()));
		}
	}

	private void begin(String id, Meta meta, StreamKind kind) throws MuxDemuxException {
		OpenRate rate = this.connection.dialect().rate();
		long now = this.connection.dialect().now();
		this.even = rate.count(this.opened ? this.even : now, now);
		this.opened = true;
		if (rate.isFlood(this.even, now)) {
			throw new MuxDemuxException(ErrorCode.LIMIT, rate.reason());
		}
		if (rate.isOver(this.even, now)) {
			refuse(id, Lines.error(meta.role(), meta.name(), ErrorCode.LIMIT, rate.reason()));
			return;
		}
		MuxStream stream = new MuxStream(this.connection, meta.role(), meta.name(), meta.opens());
		boolean full;
		this.connection.lock().lock();
		try {
			full = this.connection.isFull() || !stream.reserve();
			if (!full) {
				stream.begin(id);
				this.connection.add(id, stream);
			}
			if (!full && meta.role() == StreamRole.LISTEN) {
				this.connection.invitations().serve(stream);
			}
		}
		finally {
			this.connection.lock().unlock();
		}
		if (full) {
			refuse(id, tooMany(meta));
			return;
		}
		StreamRequest request = new StreamRequest(kind, meta.name(), null, null);
		this.connection.dialect().acceptor().accept(this.connection, request, stream);
	}

	private byte[] tooMany(Meta meta) {
		return Lines.error(meta.role(), meta.name(), ErrorCode.LIMIT,
				"more streams than one connection may have (" + this.connection.dialect().limits().maxStreams()
						+ ", stream.max-per-connection), or no memory left for another");
	}

	private void accept(String id, Meta meta) throws MuxDemuxException {
		String client = String.valueOf(meta.client());
		MuxStream stream;
		this.connection.lock().lock();
		try {
			stream = this.connection.invitations().accept(meta.name(), client);
			if (stream != null) {
				stream.bind(id, meta.opens());
				this.connection.add(id, stream);
				this.connection.outbox().ready(stream);
			}
		}
		finally {
			this.connection.lock().unlock();
		}
		if (stream != null) {
			stream.other().accept();
			this.connection.flush();
		}
		else if (this.connection.dialect().isLive(meta.name())) {
			refuse(id, Lines.noClient(client));
		}
		else {
			refuse(id, Lines.noServerToAccept(meta.name()));
		}
	}

	/**
	 * Refuses a stream that is not even begun: it has no place in any table.
	 */
	private void refuse(String id, byte[] error) throws MuxDemuxException {
		boolean waits;
		this.connection.lock().lock();
		try {
			waits = this.connection.outbox()
				.refuse(List.of(Lines.line(id, "error", error), Lines.line(id, "end", null),
						Lines.line(id, "close", null)));
		}
		finally {
			this.connection.lock().unlock();
		}
		if (!waits) {
			throw new MuxDemuxException(ErrorCode.LIMIT, "streams are opened and refused, and nothing is read");
		}
		this.connection.flush();
	}

}
