/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The other end of the browser client: as much of docs/protocol.md as one transfer on one
 * stream needs. Grants and packs as the relay does.
 */
final class BareStreamEnd {

	private static final int HELLO = 1;

	private static final int PING = 2;

	private static final int OPEN = 3;

	private static final int ACCEPT = 4;

	private static final int DATA = 5;

	private static final int CREDIT = 6;

	private static final int FIRST = 1;

	private static final int LAST = 2;

	private static final int TEXT = 4;

	private static final int ANSWER = 1;

	private static final int MAX_PAYLOAD = 16384;

	private static final int FRAME_COST = 64;

	private static final int WINDOW = 1024 * 1024;

	private static final int BATCH = 128 * 1024;

	/** As the relay: a WebSocket message that has so much ends where a message ends. */
	private static final int ENOUGH = 60 * 1024;

	private final BareSocket socket;

	private final ByteBuffer out = ByteBuffer.allocateDirect(BATCH);

	/** What we may send. */
	private long credit = 16384;

	/** What the page has sent of a window, and was not given back. */
	private long taken;

	private long received;

	private int stream;

	BareStreamEnd(BareSocket socket) {
		this.socket = socket;
	}

	void run() throws IOException {
		this.out.put(new byte[] { HELLO, 0, 0, 0 });
		flush();
		@Nullable Transfer transfer = null;
		while (transfer == null) {
			transfer = readFrame();
		}
		frame(ACCEPT, 0, 0);
		credit(WINDOW - 16384);
		flush();
		if (transfer.up()) {
			while (this.received < transfer.bytes()) {
				readFrame();
				flush();
			}
			frame(DATA, FIRST | LAST | TEXT, 4);
			this.out.put("done".getBytes(StandardCharsets.UTF_8));
			flush();
		}
		else {
			send(transfer);
		}
		while (true) {
			readFrame();
			flush();
		}
	}

	private void send(Transfer transfer) throws IOException {
		for (long sent = 0; sent < transfer.count(); sent++) {
			for (int at = 0; at < transfer.size();) {
				int length = Math.min(MAX_PAYLOAD, transfer.size() - at);
				while (this.credit < length + FRAME_COST) {
					flush();
					readFrame();
				}
				if (this.out.remaining() < length + 16) {
					flush();
				}
				this.credit -= length + FRAME_COST;
				frame(DATA, ((at == 0) ? FIRST : 0) | ((at + length == transfer.size()) ? LAST : 0), length);
				// Whatever is there: nobody looks.
				this.out.position(this.out.position() + length);
				at += length;
			}
			if (this.out.position() >= ENOUGH) {
				flush();
			}
		}
		flush();
	}

	private @Nullable Transfer readFrame() throws IOException {
		int type = this.socket.read();
		this.socket.read();
		long id = varint();
		long length = varint();
		switch (type) {
			case DATA -> {
				this.received += length;
				for (long left = length; left > 0;) {
					left -= this.socket.skip(left);
				}
				giveBack(length + FRAME_COST);
			}
			case CREDIT -> this.credit += varint();
			case PING -> {
				this.out.put(new byte[] { PING, ANSWER, 0, (byte) length });
				copy(length);
			}
			case OPEN -> {
				this.stream = (int) id;
				return open(length);
			}
			default -> bytes(length);
		}
		return null;
	}

	private Transfer open(long length) throws IOException {
		byte[] payload = bytes(length);
		return Transfer.of(new String(payload, 2, payload[1] & 0xff, StandardCharsets.UTF_8));
	}

	private void giveBack(long cost) {
		this.taken += cost;
		if (this.taken >= WINDOW / 2) {
			credit(this.taken);
			this.taken = 0;
		}
	}

	private void credit(long bytes) {
		int size = 1;
		for (long rest = bytes; rest >= 0x80; rest >>= 7) {
			size++;
		}
		frame(CREDIT, 0, size);
		writeVarint(bytes);
	}

	private void copy(long length) throws IOException {
		this.out.put(bytes(length));
	}

	private byte[] bytes(long length) throws IOException {
		byte[] bytes = new byte[(int) length];
		for (int index = 0; index < bytes.length; index++) {
			bytes[index] = (byte) this.socket.read();
		}
		return bytes;
	}

	private long varint() throws IOException {
		long value = 0;
		for (int shift = 0;; shift += 7) {
			int octet = this.socket.read();
			value |= (long) (octet & 0x7f) << shift;
			if (octet < 0x80) {
				return value;
			}
		}
	}

	private void frame(int type, int flags, int length) {
		this.out.put((byte) type).put((byte) flags);
		writeVarint(this.stream);
		writeVarint(length);
	}

	private void writeVarint(long value) {
		long rest = value;
		for (; rest >= 0x80; rest >>= 7) {
			this.out.put((byte) (rest & 0x7f | 0x80));
		}
		this.out.put((byte) rest);
	}

	private void flush() throws IOException {
		if (this.out.position() > 0) {
			this.socket.send(this.out.flip());
			this.out.clear();
		}
	}

}
