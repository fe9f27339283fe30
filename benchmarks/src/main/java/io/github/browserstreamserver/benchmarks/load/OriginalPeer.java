/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A connection to the original, which has streams by mux-demux: each line is a message of
 * text, as its clients send them. Messages are strings. Nobody says what was taken, and
 * {@code pause} and {@code resume} are advice that we do not give: who sends is held back
 * by the socket only.
 */
final class OriginalPeer extends MessagePeer<OriginalStream> {

	/** The endpoint of SockJS that adds no frames of its own. */
	static final String PATH = "/boot/websocket";

	private static final String SERVER = "/stream-server/server/";

	private static final String CLIENT = "/stream-server/client/";

	private static final int MAX_HEAD = 128;

	private static final SplittableRandom RANDOM = new SplittableRandom();

	private final MessageBuffer incoming = new MessageBuffer();

	private final MessageBuffer outgoing = new MessageBuffer();

	private String name = "";

	/** The stream of a host on which it hears of clients. */
	private String server = "";

	/** The stream on which a host connects to itself. */
	private String probe = "";

	OriginalPeer(Supplier<StreamHandler> acceptor) {
		super(acceptor);
	}

	@Override
	public void opened() {
		connected();
	}

	@Override
	void listen(String name) {
		this.name = name;
		this.server = id();
		this.probe = id();
		whenConnected(() -> {
			line(MuxDemuxLine.open(this.server, SERVER + name));
			// nobody says that we have the name; whom we hear of first is ourselves
			line(MuxDemuxLine.open(this.probe, CLIENT + name + "/" + rack()));
		});
	}

	@Override
	public void open(String name, StreamHandler handler) {
		whenConnected(() -> stream(CLIENT + name + "/" + rack(), handler));
	}

	private void stream(String meta, StreamHandler handler) {
		OriginalStream stream = add(new OriginalStream(this, id(), handler));
		line(MuxDemuxLine.open(stream.id, meta));
	}

	/** As long as what mux-demux makes of two random numbers. */
	private static String id() {
		return hex(13) + hex(13);
	}

	private static String rack() {
		return hex(16) + hex(16);
	}

	private static String hex(int digits) {
		return HexFormat.of().toHexDigits(RANDOM.nextLong(), digits);
	}

	private void line(String line) {
		connection().sendText(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
	}

	void data(String id, ByteBuffer text) {
		MuxDemuxLine.data(this.outgoing.room(MAX_HEAD + text.remaining()), id, text);
		connection().sendText(this.outgoing.end());
	}

	void end(String id) {
		line(MuxDemuxLine.event(id, MuxDemuxLine.END));
		line(MuxDemuxLine.event(id, MuxDemuxLine.CLOSE));
	}

	@Override
	public void received(ByteBuffer part, boolean last) throws IOException {
		this.incoming.room(part.remaining()).put(part);
		if (last) {
			take(MuxDemuxLine.read(this.incoming.end()));
		}
	}

	private void take(MuxDemuxLine line) throws IOException {
		if (line.event().equals(MuxDemuxLine.ERROR)) {
			throw new ProtocolException("the original says " + line.text());
		}
		OriginalStream stream = find(line.stream());
		if (stream != null) {
			event(stream, line);
		}
		else if (line.stream().equals(this.server)) {
			client(line);
		}
		// else a stream that is closed on both sides, or the probe
	}

	private void event(OriginalStream stream, MuxDemuxLine line) throws IOException {
		switch (line.event()) {
			case MuxDemuxLine.DATA -> stream.data(line);
			case MuxDemuxLine.CLOSE -> {
				remove(stream);
				stream.closed();
			}
			default -> {
			}
		}
	}

	private void client(MuxDemuxLine line) throws ProtocolException {
		if (!line.event().equals(MuxDemuxLine.DATA)) {
			throw new ProtocolException("the name was taken away: " + line.event());
		}
		if (isReady()) {
			stream(SERVER + this.name + "/client/" + line.text() + "/" + rack(), accept());
		}
		else {
			end(this.probe);
			listening();
		}
	}

}
