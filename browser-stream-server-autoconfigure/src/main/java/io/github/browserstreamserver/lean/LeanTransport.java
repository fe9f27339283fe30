/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;

/**
 * One WebSocket: what its event loop reads goes to the connection, what the connection
 * writes goes to the socket, and both sides agree about the end (RFC 6455, 7).
 * <p>
 * Reading and ending are the loop's alone; sending is guarded by {@link Outgoing}.
 */
final class LeanTransport implements Transport, EventLoop.Ready, Outgoing.Listener, WebSocketReader.Handler {

	/** How often a socket is read before it is the next one's turn. */
	private static final int READS = 8;

	private final EventLoop loop;

	private final LeanSocket socket;

	private final Outgoing outgoing;

	private final WebSocketReader reader = new WebSocketReader(this);

	private final Runnable send;

	private final Runnable awaitRoom = this::awaitRoom;

	private final LeanSession session;

	private @Nullable Connection connection;

	private volatile @Nullable SelectionKey key;

	private final ClosingHandshake closing = new ClosingHandshake();

	// the loop's

	private boolean over;

	/** What the last ping has that was not answered yet. */
	private byte @Nullable [] pinged;

	LeanTransport(EventLoop loop, LeanSocket socket, LeanSession session) {
		this.loop = loop;
		this.socket = socket;
		this.session = session;
		this.outgoing = new Outgoing(socket, this);
		this.send = this.outgoing::send;
	}

	/**
	 * Begins to read.
	 * @param carried who gets what is read
	 * @param first what was read with the handshake already
	 */
	void start(@Nullable Connection carried, ByteBuffer first) {
		this.loop.execute(() -> {
			if (this.over || carried == null || this.loop.isStopped()) {
				end();
				return;
			}
			this.connection = carried;
			try {
				this.key = this.loop.watch(this.socket.channel(), this);
				if (this.outgoing.isBlocked()) {
					awaitRoom();
				}
			}
			catch (IOException ex) {
				broken(ex);
				return;
			}
			take(first);
			if (this.socket.isSecure()) {
				// there may be bytes that nobody has deciphered yet
				read();
			}
		});
	}

	/**
	 * Somebody else closed the socket, perhaps because we asked.
	 */
	void gone() {
		this.loop.execute(this::end);
	}

	// --- called by the dialect

	@Override
	public int headroom() {
		return WebSocketHead.ROOM;
	}

	@Override
	public void write(ByteBuffer message, Completion completion) {
		sendIf(this.outgoing.add(WebSocketHead.prepend(message), completion));
	}

	private void sendIf(boolean mine) {
		if (!mine) {
			return;
		}
		if (this.loop.isThis() || (EventLoop.isLoop() && !this.socket.isSecure())) {
			this.outgoing.send();
		}
		else {
			this.loop.execute(this.send);
		}
	}

	@Override
	public void close(int code, String reason) {
		this.closing.begin(new CloseStatus(code, reason));
		if (this.outgoing.isBlocked()) {
			// there is no place for a close frame inside another
			this.loop.execute(this::end);
			return;
		}
		sendIf(this.outgoing.close(CloseCode.frame(code, reason)));
		this.loop.execute(() -> this.loop.later(this::end));
	}

	@Override
	public PeerIdentity peer() {
		return this.session;
	}

	@Override
	public boolean ask() {
		sendIf(this.outgoing.ping());
		return true;
	}

	@Override
	public boolean suspend() {
		this.loop.execute(() -> {
			SelectionKey watched = this.key;
			if (watched != null && watched.isValid()) {
				watched.interestOpsAnd(~SelectionKey.OP_READ);
			}
		});
		return true;
	}

	@Override
	public void resume() {
		this.loop.execute(() -> {
			SelectionKey watched = this.key;
			if (watched != null && watched.isValid()) {
				watched.interestOpsOr(SelectionKey.OP_READ);
				read();
			}
		});
	}

	// --- called by the loop

	@Override
	public void run() {
		SelectionKey watched = this.key;
		if (this.over || watched == null) {
			return;
		}
		int ready = watched.readyOps();
		if ((ready & SelectionKey.OP_WRITE) != 0) {
			watched.interestOpsAnd(~SelectionKey.OP_WRITE);
			if (this.outgoing.isBlocked()) {
				// else somebody else sends, and the interest came late
				// the peer takes what it did not take before
				alive();
				this.outgoing.send();
			}
		}
		if ((ready & SelectionKey.OP_READ) != 0) {
			read();
		}
	}

	private void read() {
		try {
			for (int round = 0; round < READS && isReading(); round++) {
				ByteBuffer in = this.loop.readBuffer();
				int count = this.socket.read(in);
				if (count < 0) {
					end();
					return;
				}
				take(in.flip());
				if (count == 0 || !this.socket.isSecure()) {
					return;
				}
			}
			if (isReading()) {
				// deciphered bytes make no socket ready
				this.loop.execute(this::read);
			}
		}
		catch (IOException ex) {
			broken(ex);
		}
	}

	private boolean isReading() {
		SelectionKey watched = this.key;
		return !this.over && watched != null && watched.isValid()
				&& (watched.interestOps() & SelectionKey.OP_READ) != 0;
	}

	private void take(ByteBuffer in) {
		try {
			this.reader.read(in);
			answer();
		}
		catch (WebSocketException ex) {
			answer();
			if (this.closing.unreadable()) {
				end();
			}
			else {
				close(ex.code(), ex.reason());
			}
		}
	}

	@Override
	public void stopped() {
		end();
	}

	/**
	 * The socket is gone or to be gone. A second call has no effect.
	 */
	private void end() {
		end(null);
	}

	private void end(@Nullable IOException failure) {
		if (this.over) {
			return;
		}
		this.over = true;
		this.session.ended(this.closing.status(), failure);
		SelectionKey watched = this.key;
		if (watched != null) {
			watched.cancel();
		}
		this.outgoing.end();
		this.socket.close();
	}

	// --- called while sending

	@Override
	public void blocked() {
		if (this.loop.isThis()) {
			awaitRoom();
		}
		else {
			this.loop.execute(this.awaitRoom);
		}
	}

	private void awaitRoom() {
		SelectionKey watched = this.key;
		if (watched != null && watched.isValid()) {
			watched.interestOpsOr(SelectionKey.OP_WRITE);
		}
		// else it is not watched yet, and will be with this interest, or no more
	}

	@Override
	public void closeSent() {
		this.loop.execute(() -> {
			if (this.closing.sent()) {
				end();
			}
			else if (this.closing.isUnreadable()) {
				writeNoMore();
			}
		});
	}

	/**
	 * The peer sees the end at once, and what it is still sending does not make TCP take
	 * the close frame away from it.
	 */
	private void writeNoMore() {
		try {
			this.socket.writeNoMore();
		}
		catch (IOException ex) {
			end(ex);
		}
	}

	@Override
	public void broken(IOException failure) {
		this.loop.execute(() -> end(failure));
	}

	// --- called while reading

	@Override
	public void data(ByteBuffer part, boolean last) {
		Connection carried = this.connection;
		if (carried != null) {
			carried.received(part, last);
		}
	}

	@Override
	public void text() {
		Connection carried = this.connection;
		if (carried != null) {
			carried.unsupported(CloseStatus.NOT_ACCEPTABLE.getCode(),
					"this endpoint speaks a binary protocol, text messages are not taken");
		}
	}

	@Override
	public void ping(byte[] payload) {
		// answered behind the read: a flood of them must not cost a write each
		this.pinged = payload;
	}

	@Override
	public void pong(byte[] payload) {
		Connection carried = this.connection;
		if (carried != null && this.outgoing.isAnswered(payload)) {
			carried.answered();
		}
	}

	private void alive() {
		Connection carried = this.connection;
		if (carried != null) {
			carried.alive();
		}
	}

	private void answer() {
		byte[] payload = this.pinged;
		if (payload != null) {
			this.pinged = null;
			sendIf(this.outgoing.pong(payload));
		}
	}

	@Override
	public void close(ByteBuffer payload) throws WebSocketException {
		answer();
		CloseStatus received = CloseCode.read(payload);
		Connection carried = this.connection;
		if (carried != null && CloseCode.isLeave(received.getCode())) {
			// before a write fails that nobody takes any more
			carried.left();
		}
		if (this.closing.received(received)) {
			end();
			return;
		}
		// behind a message that is stuck, if the peer takes it soon
		boolean empty = received.getCode() == CloseStatus.NO_STATUS_CODE.getCode();
		sendIf(this.outgoing.close(empty ? CloseCode.emptyFrame() : CloseCode.frame(received.getCode(), "")));
		this.loop.later(this::end);
	}

}
