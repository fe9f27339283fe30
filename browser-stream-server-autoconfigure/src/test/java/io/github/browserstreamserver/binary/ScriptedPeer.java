/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A peer that says what a test tells it to, in real bytes, and writes down what the relay
 * answers, one line for each frame. It has no socket and no thread: the transport is a
 * list.
 */
public final class ScriptedPeer implements Transport {

	/** Type, flags, a short id, length. */
	private static final int TOKEN_HEAD = 4;

	private final List<String> lines = new ArrayList<>();

	private final ArrayDeque<Completion> held = new ArrayDeque<>();

	private final FrameReader reader = new FrameReader(new Recorder());

	private Connection connection;

	private boolean holding;

	private int writes;

	private byte[] token = new byte[0];

	private @Nullable String closed;

	private boolean canBeAsked;

	private boolean answering;

	private int asked;

	private PeerIdentity identity = PeerIdentity.UNKNOWN;

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	private final Map<Integer, Integer> bytesOfStreams = new HashMap<>();

	/**
	 * Connects to the relay.
	 * @param dialect the relay's side
	 * @param name who it is
	 * @return a peer that has not said HELLO
	 */
	public static ScriptedPeer connect(BinaryDialect dialect, String name) {
		ScriptedPeer peer = knock(dialect, name);
		peer.connection.admitted();
		return peer;
	}

	/**
	 * Comes to the relay, which has not let it in yet.
	 * @param dialect the relay's side
	 * @param name who it is
	 * @return a peer that nothing was said to
	 */
	static ScriptedPeer knock(BinaryDialect dialect, String name) {
		ScriptedPeer peer = new ScriptedPeer();
		peer.connection = dialect.connect(peer, name);
		return peer;
	}

	/**
	 * Connects to the relay as somebody.
	 * @param dialect the relay's side
	 * @param identity who it is
	 * @return a peer that has said HELLO
	 */
	public static ScriptedPeer connect(BinaryDialect dialect, PeerIdentity identity) {
		ScriptedPeer peer = new ScriptedPeer();
		peer.identity = identity;
		peer.connection = dialect.connect(peer, identity.toString());
		peer.connection.admitted();
		peer.hello();
		peer.heard();
		return peer;
	}

	// --- what it says

	public ScriptedPeer hello() {
		return send("01 00 00 00");
	}

	public ScriptedPeer listen(int id, String name) {
		return open(id, 1, name, "");
	}

	ScriptedPeer listen(int id, String name, byte[] key) {
		ByteBuffer payload = openPayload(1, name, "");
		ByteBuffer whole = ByteBuffer.allocate(payload.remaining() + 2 + key.length);
		whole.put(payload).put((byte) 1).put((byte) key.length).put(key);
		return frame(Wire.OPEN, 0, id, whole.array());
	}

	public ScriptedPeer connectTo(int id, String name) {
		return open(id, 2, name, "");
	}

	public ScriptedPeer open(int id, int kind, String name, String metadata) {
		ByteBuffer payload = openPayload(kind, name, metadata);
		byte[] bytes = new byte[payload.remaining()];
		payload.get(bytes);
		return frame(Wire.OPEN, 0, id, bytes);
	}

	private static ByteBuffer openPayload(int kind, String name, String metadata) {
		byte[] target = name.getBytes(StandardCharsets.UTF_8);
		byte[] json = metadata.getBytes(StandardCharsets.UTF_8);
		ByteBuffer payload = ByteBuffer.allocate(target.length + json.length + 16);
		payload.put((byte) kind);
		Varint.write(payload, target.length);
		payload.put(target);
		Varint.write(payload, json.length);
		payload.put(json);
		return payload.flip();
	}

	public ScriptedPeer accept(int id) {
		return frame(Wire.ACCEPT, 0, id, new byte[0]);
	}

	public ScriptedPeer text(int id, String text) {
		return frame(Wire.DATA, 0x07, id, text.getBytes(StandardCharsets.UTF_8));
	}

	public ScriptedPeer data(int id, int flags, byte[] payload) {
		return frame(Wire.DATA, flags, id, payload);
	}

	public ScriptedPeer credit(int id, int bytes) {
		ByteBuffer payload = ByteBuffer.allocate(8);
		Varint.write(payload, bytes);
		byte[] exact = new byte[payload.position()];
		payload.flip().get(exact);
		return frame(Wire.CREDIT, 0, id, exact);
	}

	public ScriptedPeer end(int id) {
		return frame(Wire.END, 0, id, new byte[0]);
	}

	public ScriptedPeer reset(int id, ErrorCode code, String reason) {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		ByteBuffer payload = ByteBuffer.allocate(1 + text.length);
		payload.put((byte) code.number()).put(text);
		return frame(Wire.RESET, 0, id, payload.array());
	}

	ScriptedPeer frame(int type, int flags, int id, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(Wire.MAX_HEAD + payload.length);
		FrameWriter.head(frame, type, flags, id, payload.length);
		frame.put(payload);
		return deliver(frame.flip(), true);
	}

	ScriptedPeer send(String hex) {
		return deliver(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))), true);
	}

	ScriptedPeer deliver(ByteBuffer bytes, boolean last) {
		this.connection.received(bytes, last);
		return this;
	}

	public void disconnect() {
		this.connection.closed("the test cut the line");
	}

	public Connection connection() {
		return this.connection;
	}

	// --- what it hears

	/**
	 * Takes what was heard since the last time.
	 * @return a line for each frame
	 */
	public List<String> heard() {
		List<String> heard = List.copyOf(this.lines);
		this.lines.clear();
		return heard;
	}

	/**
	 * Takes what was heard since the last time, without CREDIT and HELLO.
	 * @return a line for each frame
	 */
	public List<String> talk() {
		return heard().stream()
			.filter((line) -> !line.startsWith("CREDIT") && !line.startsWith("HELLO"))
			.collect(Collectors.toList());
	}

	/**
	 * Returns all payload bytes of DATA so far.
	 * @return the bytes
	 */
	public byte[] bytes() {
		return this.received.toByteArray();
	}

	public @Nullable String closed() {
		return this.closed;
	}

	int writes() {
		return this.writes;
	}

	void clearWrites() {
		this.writes = 0;
	}

	/**
	 * Returns the latest token that the relay handed out.
	 * @return its bytes
	 */
	byte[] token() {
		return this.token;
	}

	/** The reader skips tokens: a relay needs none. */
	private void noteToken(ByteBuffer message) {
		if ((message.get(message.position()) & 0xff) == Wire.TOKEN) {
			this.token = new byte[Wire.TOKEN_SIZE];
			message.get(message.position() + TOKEN_HEAD, this.token);
		}
	}

	/**
	 * From now on no write completes until {@link #readAll()}: the peer does not read.
	 */
	public void stopReading() {
		this.holding = true;
	}

	void readOne() {
		Completion completion = this.held.poll();
		if (completion != null) {
			completion.completed(true);
		}
	}

	public void readAll() {
		this.holding = false;
		while (!this.held.isEmpty()) {
			readOne();
		}
	}

	int bytesOf(int stream) {
		return this.bytesOfStreams.getOrDefault(stream, 0);
	}

	/**
	 * From now on the transport can ask for a sign of life, as WebSocket can by pings.
	 * @param byItself whether it is answered at once, as a browser does for its page
	 * @return this
	 */
	ScriptedPeer canBeAsked(boolean byItself) {
		this.canBeAsked = true;
		this.answering = byItself;
		return this;
	}

	/**
	 * Returns how often the transport was told to ask.
	 * @return a count
	 */
	int asked() {
		return this.asked;
	}

	// --- the transport

	@Override
	public boolean ask() {
		if (this.canBeAsked) {
			this.asked++;
		}
		if (this.answering) {
			this.connection.answered();
		}
		return this.canBeAsked;
	}

	@Override
	public PeerIdentity peer() {
		return this.identity;
	}

	@Override
	public void write(ByteBuffer message, Completion completion) {
		this.writes++;
		noteToken(message);
		try {
			this.reader.receive(message.duplicate(), true);
		}
		catch (ProtocolException ex) {
			throw new AssertionError("the relay broke the protocol: " + ex.reason(), ex);
		}
		if (this.holding) {
			this.held.add(completion);
		}
		else {
			completion.completed(true);
		}
	}

	@Override
	public void close(int code, String reason) {
		if (this.closed == null) {
			this.closed = code + " " + reason;
		}
	}

	private final class Recorder implements FrameHandler {

		private void line(String line) {
			ScriptedPeer.this.lines.add(line);
		}

		@Override
		public void hello(Settings settings) {
			line("HELLO " + settings.maxStreams() + " " + settings.keepaliveMillis());
		}

		@Override
		public void ping(boolean answer, ByteBuffer payload) {
			byte[] copy = new byte[payload.remaining()];
			payload.get(copy);
			line((answer ? "PONG " : "PING ") + HexFormat.of().formatHex(copy));
		}

		@Override
		public void open(int stream, OpenPayload open) {
			String metadata = StandardCharsets.UTF_8.decode(open.metadata().duplicate()).toString();
			line("OPEN " + stream + " " + open.kind() + " " + StandardCharsets.UTF_8.decode(open.target().duplicate())
					+ (metadata.isEmpty() ? "" : " " + metadata));
		}

		@Override
		public void accept(int stream) {
			line("ACCEPT " + stream);
		}

		@Override
		public void data(int stream, @Nullable MessageKind kind, boolean first, boolean last, ByteBuffer part,
				int charge) {
			byte[] copy = new byte[part.remaining()];
			part.get(copy);
			ScriptedPeer.this.received.writeBytes(copy);
			ScriptedPeer.this.bytesOfStreams.merge(stream, copy.length, Integer::sum);
			String shown = (copy.length > 40) ? copy.length + " bytes" : new String(copy, StandardCharsets.UTF_8);
			line("DATA " + stream + " " + kind + (first ? " first" : "") + (last ? " last" : "") + " " + shown);
		}

		@Override
		public void credit(int stream, int bytes) {
			line("CREDIT " + stream + " " + bytes);
		}

		@Override
		public void end(int stream) {
			line("END " + stream);
		}

		@Override
		public void reset(int stream, ErrorCode code, String reason) {
			line("RESET " + stream + " " + code + " " + reason);
		}

		@Override
		public void skipped() {
			line("SKIPPED");
		}

	}

}
