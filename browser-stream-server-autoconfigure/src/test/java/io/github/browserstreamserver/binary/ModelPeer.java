/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.StreamKind;
import io.github.browserstreamserver.stream.StreamRequest;
import io.github.browserstreamserver.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A peer that keeps to the protocol as far as it knows, which may be less than the relay
 * does when it has not read for a while, and holds what it sees against the
 * {@link RelayModel}. As {@link ScriptedPeer}, it has no socket and no thread.
 */
final class ModelPeer implements Transport, FrameHandler {

	/** What it gives back at a time: half of the smallest window. */
	private static final int CREDIT_STEP = Wire.INITIAL_CREDIT / 2;

	private static final MessageKind[] KINDS = MessageKind.values();

	private final RelayModel model;

	private final Random random;

	private final String name;

	/** Which key it listens with, 0 for none. */
	final int key;

	private final int headroom;

	/** Whether its transport is done with a buffer before it is with the write. */
	private final boolean copies;

	private final FrameReader reader = new FrameReader(this);

	private final Map<Integer, ModelStream.Side> sides = new LinkedHashMap<>();

	private final Map<Integer, ModelListen> listens = new LinkedHashMap<>();

	private final ArrayDeque<Runnable> answers = new ArrayDeque<>();

	private final Set<ByteBuffer> buffers = Collections.newSetFromMap(new IdentityHashMap<>());

	private BinaryConnection connection;

	private boolean reading = true;

	private @Nullable ByteBuffer unread;

	private @Nullable Completion written;

	private boolean alive = true;

	private int lastId = -1;

	private int lastOffered;

	private ModelPeer(RelayModel model, Random random, String name, int key) {
		this.model = model;
		this.random = random;
		this.name = name;
		this.key = key;
		this.headroom = random.nextBoolean() ? 14 : 0;
		this.copies = random.nextBoolean();
	}

	/**
	 * Connects to a relay and says HELLO.
	 * @param relay the relay
	 * @param model what it should do
	 * @param random for what is left open
	 * @param name who it is
	 * @param key which key it listens with, 0 for none
	 * @return the peer
	 */
	static ModelPeer connect(Relay relay, RelayModel model, Random random, String name, int key) {
		ModelPeer peer = new ModelPeer(model, random, name, key);
		peer.connection = (BinaryConnection) relay.dialect.connect(peer, name);
		peer.connection.admitted();
		peer.frame(Wire.HELLO, 0, 0, new byte[0]);
		return peer;
	}

	// --- what it does

	void listen(String target, int withKey) {
		int id = nextId();
		this.listens.put(id, this.model.listen(this, id, target, withKey));
		byte[] keyBytes = new byte[(withKey != 0) ? 16 : 0];
		Arrays.fill(keyBytes, (byte) withKey);
		open(id, new StreamRequest(StreamKind.LISTEN, target, null, null), keyBytes);
	}

	void connectTo(String target) {
		int id = nextId();
		ModelStream stream = this.model.connect(this, id, target);
		this.sides.put(id, stream.client);
		open(id, new StreamRequest(StreamKind.CONNECT, target, String.valueOf(stream.number), null), new byte[0]);
	}

	private int nextId() {
		// gaps are allowed
		this.lastId += 2 + 2 * this.random.nextInt(2);
		return this.lastId;
	}

	private void open(int id, StreamRequest request, byte[] keyBytes) {
		byte[] payload = OpenPayload.write(request);
		if (keyBytes.length == 0) {
			frame(Wire.OPEN, 0, id, payload);
			return;
		}
		ByteBuffer whole = ByteBuffer.allocate(payload.length + 2 + keyBytes.length);
		whole.put(payload).put((byte) Wire.FIELD_KEY).put((byte) keyBytes.length).put(keyBytes);
		frame(Wire.OPEN, 0, id, whole.array());
	}

	void accept(ModelStream.Side side) {
		this.model.accept(side.stream());
		frame(Wire.ACCEPT, 0, side.id, new byte[0]);
	}

	/**
	 * Writes a few frames in one go, within the credit that there is.
	 * @param side on which stream
	 * @return what was written
	 */
	String write(ModelStream.Side side) {
		int count = 1 + this.random.nextInt(3);
		ByteBuffer frames = ByteBuffer
			.allocate(Math.min(side.credit, count * Wire.MAX_PAYLOAD) + count * Wire.MAX_HEAD);
		StringBuilder shown = new StringBuilder();
		for (int index = 0; index < count && side.credit >= Wire.FRAME_COST; index++) {
			int length = Math.min(length(), Math.min(side.credit - Wire.FRAME_COST, Wire.MAX_PAYLOAD));
			boolean last = this.random.nextInt(3) != 0;
			ModelStream.Frame frame = side.write(KINDS[this.random.nextInt(KINDS.length)], length, last);
			FrameWriter.head(frames, Wire.DATA, frame.flags(), side.id, length);
			frames.put(frame.payload());
			shown.append(' ').append(length).append(last ? "." : "");
			this.model.writes(side);
		}
		deliver(frames.flip());
		return shown.toString();
	}

	private int length() {
		return switch (this.random.nextInt(8)) {
			case 0 -> 0;
			case 1, 2, 3 -> this.random.nextInt(40);
			case 4, 5 -> 1_000 + this.random.nextInt(100);
			case 6 -> this.random.nextInt(Wire.MAX_PAYLOAD);
			default -> Wire.MAX_PAYLOAD;
		};
	}

	void end(ModelStream.Side side) {
		this.model.end(side);
		frame(Wire.END, 0, side.id, new byte[0]);
	}

	void reset(ModelStream.Side side, ErrorCode code) {
		this.model.reset(side, code);
		frame(Wire.RESET, 0, side.id, new byte[] { (byte) code.number(), 'x' });
	}

	void end(ModelListen listen) {
		this.model.end(listen);
		frame(Wire.END, 0, listen.id, new byte[0]);
	}

	void reset(ModelListen listen) {
		this.model.reset(listen);
		frame(Wire.RESET, 0, listen.id, new byte[] { (byte) ErrorCode.CANCELLED.number() });
	}

	void pause(ModelStream.Side side) {
		side.paused = true;
	}

	/**
	 * Reads a stream again, and perhaps more of it at a time than before.
	 * @param side which
	 * @param more so much
	 */
	void resume(ModelStream.Side side, int more) {
		side.paused = false;
		grant(side, 1, more);
	}

	private void grant(ModelStream.Side side, int atLeast, int more) {
		int bytes = side.takeCredit(atLeast, more);
		if (bytes > 0) {
			ByteBuffer payload = ByteBuffer.allocate(Varint.size(bytes));
			Varint.write(payload, bytes);
			frame(Wire.CREDIT, 0, side.id, payload.array());
		}
	}

	/**
	 * From now on it takes nothing from its socket.
	 */
	void stopReading() {
		this.reading = false;
	}

	/**
	 * Takes what waits, if anything does, and no more.
	 */
	void readOne() {
		ByteBuffer batch = this.unread;
		Completion completion = this.written;
		if (batch != null && completion != null) {
			this.unread = null;
			this.written = null;
			read(batch);
			completion.completed(true);
		}
	}

	void readAll() {
		this.reading = true;
		readOne();
	}

	boolean isReading() {
		return this.reading;
	}

	/**
	 * Its line breaks, or it goes.
	 * @param leaves whether it says so
	 */
	void cut(boolean leaves) {
		this.model.cut(this, !leaves);
		this.alive = false;
		if (leaves) {
			this.connection.left();
		}
		boolean tellsOfTheWrite = this.random.nextBoolean();
		if (tellsOfTheWrite) {
			failWrite();
		}
		this.connection.closed("cut");
		failWrite();
	}

	private void failWrite() {
		Completion completion = this.written;
		if (completion != null) {
			this.written = null;
			this.unread = null;
			completion.completed(false);
		}
	}

	/**
	 * Sends what follows from what it has read: credit, and answers to PING.
	 * @return whether there was anything
	 */
	boolean answer() {
		boolean any = !this.answers.isEmpty();
		while (!this.answers.isEmpty() && this.alive) {
			this.answers.remove().run();
		}
		return any && this.alive;
	}

	private void frame(int type, int flags, int id, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(Wire.MAX_HEAD + payload.length);
		FrameWriter.head(frame, type, flags, id, payload.length);
		deliver(frame.put(payload).flip());
	}

	/**
	 * Sends one WebSocket message, as whole as the network leaves it.
	 */
	private void deliver(ByteBuffer bytes) {
		while (this.random.nextInt(4) == 0 && bytes.remaining() > 1) {
			ByteBuffer part = bytes.duplicate();
			part.limit(bytes.position() + 1 + this.random.nextInt(bytes.remaining() - 1));
			bytes.position(part.limit());
			this.connection.received(part, false);
		}
		this.connection.received(bytes, true);
	}

	// --- what it has

	Collection<ModelListen> listens() {
		return this.listens.values();
	}

	void sides(Consumer<ModelStream.Side> visitor) {
		List.copyOf(this.sides.values()).forEach(visitor);
	}

	/**
	 * Tells whether it opened anything that is not over.
	 * @return whether it has a share of the memory
	 */
	boolean hasOpenedAnything() {
		return this.listens.values().stream().anyMatch((listen) -> !listen.isOver())
				|| this.sides.values().stream().anyMatch((side) -> side.isClient() && !side.isOver());
	}

	boolean isAlive() {
		return this.alive;
	}

	BinaryConnection connection() {
		return this.connection;
	}

	/**
	 * Returns all buffers that were ever written from.
	 * @return them
	 */
	Set<ByteBuffer> buffers() {
		return this.buffers;
	}

	// --- the transport

	@Override
	public int headroom() {
		return this.headroom;
	}

	@Override
	public void write(ByteBuffer message, Completion completion) {
		if (!this.alive || this.written != null || message.position() != this.headroom) {
			this.model.wrong("a write while one is under way, of nobody's, or without room before it: " + this);
		}
		this.buffers.add(message);
		if (this.reading) {
			read(message.duplicate());
			completion.completed(true);
			return;
		}
		this.written = completion;
		this.unread = message.duplicate();
		if (this.copies) {
			this.unread = ByteBuffer.allocate(message.remaining()).put(message.duplicate()).flip();
			completion.bufferFree();
		}
	}

	@Override
	public void close(int code, String reason) {
		if (this.alive) {
			this.model.wrong("the relay closed the connection of " + this + ": " + code + " " + reason);
		}
	}

	private void read(ByteBuffer message) {
		try {
			this.reader.receive(message, true);
		}
		catch (ProtocolException ex) {
			this.model.wrong("the relay broke the protocol towards " + this + ": " + ex.reason());
		}
	}

	// --- what it sees

	@Override
	public void hello(Settings settings) {
		// says nothing
	}

	@Override
	public void ping(boolean answer, ByteBuffer payload) {
		byte[] copy = new byte[payload.remaining()];
		payload.get(copy);
		if (!answer) {
			this.answers.add(() -> frame(Wire.PING, Wire.FLAG_ANSWER, 0, copy));
		}
	}

	@Override
	public void open(int stream, OpenPayload open) {
		StreamRequest request;
		try {
			request = open.request();
		}
		catch (InvalidOpenException ex) {
			this.model.wrong(this + " was sent an OPEN that is none: " + ex.reason());
			return;
		}
		String number = StandardCharsets.UTF_8.decode(open.metadata().duplicate()).toString();
		ModelStream offered = this.model.stream(Integer.parseInt(number));
		if (offered == null || offered.listen == null || offered.listen.peer != this || offered.host.id != 0
				|| !offered.name.equals(request.target()) || stream <= this.lastOffered || (stream & 1) == 1) {
			this.model.wrong(this + " was offered a stream as " + stream + " that is not for it: " + offered);
			return;
		}
		this.lastOffered = stream;
		offered.host.peer = this;
		offered.host.id = stream;
		this.sides.put(stream, offered.host);
	}

	/**
	 * Finds the stream that something came in for.
	 * @return the peer's side of it, {@code null} if it has gone from there
	 */
	private ModelStream.@Nullable Side side(int id, String what) {
		ModelStream.Side side = this.sides.get(id);
		if (side == null) {
			this.model.wrong(this + " was sent " + what + " for stream " + id + ", which it does not have");
		}
		else if (side.isOver() && !side.gone) {
			this.model.wrong(this + " was sent " + what + " behind the end of " + side);
		}
		return (side == null || side.isOver()) ? null : side;
	}

	@Override
	public void accept(int stream) {
		ModelListen listen = this.listens.get(stream);
		if (listen != null) {
			if (listen.sawAccept || listen.sawReset != null) {
				this.model.wrong("ACCEPT out of turn for a " + listen);
			}
			listen.sawAccept = true;
			return;
		}
		ModelStream.Side side = side(stream, "ACCEPT");
		if (side != null) {
			if (!side.isClient() || side.open || !side.stream().accepted) {
				this.model.wrong("ACCEPT out of turn for the " + side);
			}
			side.open = true;
		}
	}

	@Override
	public void data(int stream, @Nullable MessageKind kind, boolean first, boolean last, ByteBuffer part, int charge) {
		ModelStream.Side side = side(stream, "DATA");
		if (side == null) {
			return;
		}
		if (side.sawEnd || (side.isClient() && !side.open)) {
			this.model.wrong("DATA out of turn for the " + side);
		}
		String wrong = side.read(kind, first, last, part, charge);
		if (wrong != null) {
			this.model.wrong("The " + side + " " + wrong);
		}
		if (!side.paused) {
			this.answers.add(() -> grant(side, CREDIT_STEP, 0));
		}
	}

	@Override
	public void credit(int stream, int bytes) {
		ModelStream.Side side = this.sides.get(stream);
		if (side == null) {
			this.model.wrong(this + " was sent CREDIT for stream " + stream + ", which it does not have");
		}
		else {
			side.credit += bytes;
		}
	}

	@Override
	public void end(int stream) {
		ModelListen listen = this.listens.get(stream);
		if (listen != null) {
			if (!listen.ended || listen.sawEnd || !listen.sawAccept || listen.sawReset != null) {
				this.model.wrong("END out of turn for a " + listen);
			}
			listen.sawEnd = true;
			return;
		}
		ModelStream.Side side = side(stream, "END");
		if (side != null) {
			if (side.sawEnd || !side.hasAllBeforeTheEnd() || (side.isClient() && !side.open)) {
				this.model.wrong("END out of turn for the " + side);
			}
			side.sawEnd = true;
		}
	}

	@Override
	public void reset(int stream, ErrorCode code, String reason) {
		ModelListen listen = this.listens.get(stream);
		if (listen != null) {
			if (!listen.gone && (code != listen.reset || listen.sawReset != null)) {
				this.model.wrong("RESET with " + code + " (" + reason + ") of a " + listen);
			}
			listen.sawReset = code;
			return;
		}
		ModelStream.Side ended = this.sides.get(stream);
		if (ended != null && ended.ended && ended.sawEnd && ended.stream().mayBeResetWith(code)) {
			// it was sent before the relay had the END of this side
			return;
		}
		ModelStream.Side side = side(stream, "RESET");
		if (side != null) {
			if (code == ErrorCode.LIMIT && side.isClient()) {
				this.model.limit(side.stream());
			}
			if (!side.stream().mayBeResetWith(code)) {
				this.model.wrong("RESET with " + code + " (" + reason + ") of the " + side);
			}
			side.sawReset = code;
		}
	}

	@Override
	public void skipped() {
		this.model.wrong(this + " was sent a frame that it does not know");
	}

	@Override
	public String toString() {
		return this.name;
	}

}
