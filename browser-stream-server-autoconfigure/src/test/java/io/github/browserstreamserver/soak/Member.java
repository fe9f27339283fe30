/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.soak;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;

/**
 * One peer of a {@link Swarm}, on a socket of its own that nobody waits for: it listens
 * or connects, talks, stops reading for a while, and goes in one way or another.
 */
final class Member implements ServerFrames.Handler {

	private static final int FIRST_CREDIT = 16_384;

	private static final int PART_COST = 64;

	private static final int LONGEST = 4_000;

	/** What is not written yet. With more than that, nothing is said. */
	private static final int MOST_WAITING = 100_000;

	private static final int CLOSE = 8;

	private static final int PONG = 10;

	/** PROTOCOL_ERROR, FLOW_CONTROL, INTERNAL, INVALID_OPEN: a good peer sees none. */
	private static final Set<Integer> FAULTS = Set.of(8, 9, 11, 15);

	/** The close code of who gave no sign of life. */
	private static final int TIMEOUT = 4005;

	private static final int NORMAL = 1000;

	private final Swarm swarm;

	private final SocketChannel channel;

	private final SelectionKey key;

	private final ServerFrames frames = new ServerFrames(this);

	private final Deque<ByteBuffer> out = new ArrayDeque<>();

	/** The credit of the streams that are open. */
	private final Map<Integer, Integer> streams = new HashMap<>();

	private int waiting;

	private int lastId = -1;

	private boolean upgraded;

	private boolean stalled;

	private boolean hasStalled;

	private boolean going;

	private boolean gone;

	Member(Swarm swarm, SocketChannel channel, SelectionKey key) {
		this.swarm = swarm;
		this.channel = channel;
		this.key = key;
	}

	// --- the socket

	/**
	 * The socket is ready for something.
	 */
	void ready() {
		if (this.gone) {
			return;
		}
		try {
			if (this.key.isConnectable()) {
				this.channel.finishConnect();
				this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
				write(ByteBuffer.wrap(handshake().getBytes(StandardCharsets.US_ASCII)));
			}
			else {
				if (this.key.isReadable()) {
					read();
				}
				if (!this.gone) {
					flush();
				}
			}
			interest();
		}
		catch (IOException ex) {
			broke(ex);
		}
	}

	private String handshake() {
		return String.join("\r\n", "GET /browser-server HTTP/1.1", "Host: localhost", "Connection: Upgrade",
				"Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
				"Sec-WebSocket-Protocol: " + RawPeer.SUBPROTOCOL, "", "");
	}

	private void interest() {
		if (!this.gone) {
			this.key.interestOps(
					(this.stalled ? 0 : SelectionKey.OP_READ) | (this.out.isEmpty() ? 0 : SelectionKey.OP_WRITE));
		}
	}

	private void read() throws IOException {
		ByteBuffer in = this.swarm.readBuffer();
		int read = this.channel.read(in);
		if (read < 0) {
			broke("the end");
			return;
		}
		in.flip();
		if (!this.upgraded && !upgrade(in)) {
			return;
		}
		this.frames.receive(in);
	}

	/** The head of the answer is small and comes in one piece on a loopback. */
	private boolean upgrade(ByteBuffer in) {
		String answer = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
		int end = answer.indexOf("\r\n\r\n");
		if (!answer.startsWith("HTTP/1.1 101") || end < 0) {
			this.swarm.fault("no WebSocket: " + answer);
			cut();
			return false;
		}
		in.position(in.position() + end + 4);
		this.upgraded = true;
		this.swarm.count("came");
		send(RawFrame.hello());
		begin();
		actLater();
		return true;
	}

	private void write(ByteBuffer bytes) {
		this.out.add(bytes);
		this.waiting += bytes.remaining();
	}

	private void flush() throws IOException {
		while (!this.out.isEmpty()) {
			ByteBuffer next = this.out.peek();
			this.waiting -= this.channel.write(next);
			if (next.hasRemaining()) {
				return;
			}
			this.out.remove();
		}
	}

	private void send(RawFrame... some) {
		sendFrame(2, RawFrame.bytes(some));
	}

	private void sendFrame(int opcode, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
		frame.put((byte) (0x80 | opcode));
		if (payload.length < 126) {
			frame.put((byte) (0x80 | payload.length));
		}
		else {
			frame.put((byte) 0xfe).putShort((short) payload.length);
		}
		// a mask of zeros: four bytes that change nothing
		write(frame.putInt(0).put(payload).flip());
	}

	// --- what it does

	private Random random() {
		return this.swarm.random();
	}

	private void begin() {
		if (random().nextInt(3) == 0) {
			send(RawFrame.listen(nextId(), this.swarm.name()));
		}
		else {
			for (int count = random().nextInt(4); count >= 0; count--) {
				open();
			}
		}
	}

	private int nextId() {
		this.lastId += 2;
		return this.lastId;
	}

	private void open() {
		int id = nextId();
		this.streams.put(id, FIRST_CREDIT);
		send(RawFrame.connect(id, this.swarm.name()));
		this.swarm.count("connected");
	}

	private void act() {
		if (this.gone || this.going) {
			return;
		}
		switch (random().nextInt(16)) {
			case 0 -> go();
			case 1 -> stall();
			case 2 -> open();
			case 3 -> this.streams.keySet().stream().findFirst().ifPresent(this::end);
			default -> List.copyOf(this.streams.keySet()).forEach(this::talk);
		}
		if (!this.gone && !this.going) {
			flushNow();
			actLater();
		}
	}

	private void actLater() {
		this.swarm.after(this.swarm.upTo(this.swarm.pace().act()), this::act);
	}

	private void flushNow() {
		try {
			flush();
			interest();
		}
		catch (IOException ex) {
			broke(ex);
		}
	}

	private void talk(int stream) {
		for (int count = random().nextInt(4); count > 0; count--) {
			say(stream, 1 + random().nextInt(LONGEST));
		}
	}

	private void say(int stream, int length) {
		Integer credit = this.streams.get(stream);
		int cost = length + PART_COST;
		if (credit != null && credit >= cost && this.waiting < MOST_WAITING) {
			this.streams.put(stream, credit - cost);
			send(new RawFrame(RawFrame.DATA, 3, stream, new byte[length]));
			this.swarm.count("said");
		}
	}

	private void end(int stream) {
		this.streams.remove(stream);
		send(RawFrame.end(stream));
	}

	private void stall() {
		this.stalled = true;
		this.hasStalled = true;
		this.swarm.count("stalled");
		this.swarm.after(this.swarm.upTo(this.swarm.pace().stall()), () -> {
			this.stalled = false;
			interest();
		});
	}

	/**
	 * Goes: in good order, without a word, by a reset, or in the middle of a frame.
	 */
	void go() {
		if (this.gone || this.going) {
			return;
		}
		this.going = true;
		int way = this.upgraded ? random().nextInt(4) : 3;
		this.swarm.count("went " + way);
		switch (way) {
			case 0 -> {
				this.stalled = false;
				sendFrame(CLOSE, new byte[] { 3, (byte) 0xe8 });
				flushNow();
			}
			case 1 -> close();
			case 2 -> {
				write(ByteBuffer.wrap(new byte[] { (byte) 0x82, (byte) 0xfe, 1 }));
				flushNow();
				close();
			}
			default -> cut();
		}
	}

	/**
	 * Resets the connection.
	 */
	void cut() {
		try {
			this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		catch (IOException ex) {
			// it is closed
		}
		close();
	}

	private void close() {
		if (this.gone) {
			return;
		}
		this.gone = true;
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// it is closed
		}
		this.swarm.gone(this);
	}

	/** The application may do that to who did not read, and in answer to a close. */
	private void broke(Object how) {
		if (!this.hasStalled && !this.going) {
			this.swarm.fault("a member lost its line: " + how);
		}
		close();
	}

	// --- what comes

	@Override
	public void ping(byte[] payload) {
		sendFrame(PONG, payload);
	}

	@Override
	public void closed(int code, String reason) {
		if (code != TIMEOUT && code != NORMAL || code == TIMEOUT && !this.hasStalled) {
			this.swarm.fault("closed with " + code + " " + reason);
		}
		this.swarm.count("closed with " + code);
		close();
	}

	@Override
	public void frame(RawFrame frame) {
		if (this.going) {
			return;
		}
		int stream = frame.stream();
		switch (frame.type()) {
			case RawFrame.PING -> {
				if (frame.flags() == 0) {
					send(RawFrame.answer(frame));
				}
			}
			case RawFrame.OPEN -> {
				this.streams.put(stream, FIRST_CREDIT);
				send(RawFrame.accept(stream));
				this.swarm.count("accepted");
			}
			case RawFrame.DATA -> data(frame);
			case RawFrame.CREDIT -> this.streams.computeIfPresent(stream, (id, credit) -> credit + frame.number());
			case RawFrame.END -> {
				if (this.streams.containsKey(stream)) {
					end(stream);
				}
			}
			case RawFrame.RESET -> {
				this.streams.remove(stream);
				this.swarm.count("reset with " + frame.number());
				if (FAULTS.contains(frame.number())) {
					this.swarm.fault("a stream was reset with " + frame.text());
				}
			}
			default -> {
			}
		}
	}

	private void data(RawFrame frame) {
		this.swarm.count("heard");
		send(RawFrame.credit(frame.stream(), frame.payload().length + PART_COST));
		if (random().nextInt(4) == 0) {
			say(frame.stream(), frame.payload().length);
		}
	}

}
