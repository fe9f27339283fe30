/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.transport.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What leaves over a socket that takes as much as a test lets it.
 */
class OutgoingTests {

	private static final String PONG_1 = "8a0101";

	private static final String PONG_2 = "8a0102";

	private static final String CLOSE = "880203e8";

	private static final int LARGE = 100_000;

	private final FakeSocket socket = new FakeSocket();

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	private final Outgoing outgoing = new Outgoing(this.socket, new Outgoing.Listener() {

		@Override
		public void blocked() {
			OutgoingTests.this.told.add("blocked");
		}

		@Override
		public void closeSent() {
			OutgoingTests.this.told.add("close sent");
		}

		@Override
		public void broken(IOException failure) {
			OutgoingTests.this.told.add("broken");
		}

	});

	// --- what leaves, and in which order

	@Test
	void makesWhoeverComesFirstTheOneWhoSends() {
		assertThat(add("one", "820161")).isTrue();
		assertThat(this.outgoing.pong(new byte[] { 1 })).isFalse();
		assertThat(this.outgoing.close(close())).isFalse();
		this.outgoing.send();
		assertThat(this.socket.hex()).isEqualTo(PONG_1 + "820161" + CLOSE);
		assertThat(this.told).containsExactly("one written", "close sent");
	}

	@Test
	void makesTheNextTheOneWhoSendsWhenAllHasLeft() {
		assertThat(add("one", "820161")).isTrue();
		this.outgoing.send();
		assertThat(add("two", "820162")).isTrue();
		this.outgoing.send();
		assertThat(this.outgoing.pong(new byte[] { 1 })).isTrue();
		this.outgoing.send();
		assertThat(this.outgoing.close(close())).isTrue();
		this.outgoing.send();
		assertThat(this.socket.hex()).isEqualTo("820161" + "820162" + PONG_1 + CLOSE);
		assertThat(this.told).containsExactly("one written", "two written", "close sent");
	}

	@Test
	void sendsAMessageThatIsAddedWhileItTellsOfTheLast() {
		this.outgoing.add(bytes("820161"), (written) -> add("two", "820162"));
		this.outgoing.send();
		assertThat(this.socket.hex()).isEqualTo("820161" + "820162");
		assertThat(this.told).containsExactly("two written");
	}

	@Test
	void sendsAPongBetweenMessagesButNeverInsideOne() {
		this.socket.takes = 2;
		add("one", "8203616263");
		this.outgoing.send();
		this.outgoing.pong(new byte[] { 1 });
		sendAll();
		assertThat(this.socket.hex()).isEqualTo("8203616263" + PONG_1);
	}

	@Test
	void sendsAPongBeforeAMessageThatHasNotBegun() {
		add("one", "820161");
		this.outgoing.pong(new byte[] { 1 });
		this.outgoing.send();
		assertThat(this.socket.hex()).isEqualTo(PONG_1 + "820161");
	}

	@Test
	void doesNotInterruptAPongWithAMessage() {
		this.socket.takes = 1;
		this.outgoing.pong(new byte[] { 1 });
		this.outgoing.send();
		add("one", "820161");
		this.outgoing.close(close());
		sendAll();
		assertThat(this.socket.hex()).isEqualTo(PONG_1 + "820161" + CLOSE);
	}

	@Test
	void keepsOnlyTheLastOfSeveralPongsThatWait() {
		this.socket.takes = 0;
		add("one", "820161");
		this.outgoing.send();
		for (int number = 0; number < 1_000; number++) {
			assertThat(this.outgoing.pong(new byte[] { (byte) (number % 100) })).isFalse();
		}
		this.outgoing.pong(new byte[] { 2 });
		this.socket.takes = 1_000;
		this.outgoing.send();
		assertThat(this.socket.hex()).isEqualTo("820161" + PONG_2);
	}

	@Test
	void sendsTheCloseFrameBehindTheMessageThatWaits() {
		this.socket.takes = 1;
		add("one", "820161");
		this.outgoing.send();
		this.outgoing.close(close());
		sendAll();
		assertThat(this.socket.hex()).isEqualTo("820161" + CLOSE);
		assertThat(this.told).endsWith("close sent").containsOnlyOnce("one written", "close sent");
	}

	@Test
	void sendsNothingBehindTheCloseFrame() {
		this.outgoing.close(close());
		assertThat(add("late", "820161")).isFalse();
		assertThat(this.outgoing.pong(new byte[] { 1 })).isFalse();
		assertThat(this.outgoing.close(bytes("880203e9"))).isFalse();
		this.outgoing.send();
		assertThat(add("later", "820161")).isFalse();
		assertThat(this.outgoing.pong(new byte[] { 1 })).isFalse();
		this.outgoing.send();
		assertThat(this.socket.hex()).isEqualTo(CLOSE);
		assertThat(this.told).containsExactly("late failed", "close sent", "later failed");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 7, 1_000 })
	void sendsTheSameHoweverLittleTheNetworkTakes(int takes) {
		this.socket.takes = takes;
		add("one", "8205" + "6162636465");
		this.outgoing.pong(new byte[] { 2 });
		this.outgoing.close(close());
		sendAll();
		assertThat(this.socket.hex()).isEqualTo(PONG_2 + "82056162636465" + CLOSE);
		assertThat(this.told).containsOnlyOnce("one written", "close sent");
	}

	// --- the network takes no more

	@Test
	void knowsWhetherTheNetworkTakesNoMore() {
		assertThat(this.outgoing.isBlocked()).isFalse();
		this.socket.takes = 1;
		add("one", "820161");
		this.outgoing.send();
		assertThat(this.outgoing.isBlocked()).isTrue();
		assertThat(this.told).containsExactly("one's buffer free", "blocked");
		sendAll();
		assertThat(this.outgoing.isBlocked()).isFalse();
	}

	@Test
	void keepsALargeRestWhereItIs() {
		byte[] frame = new byte[LARGE];
		this.socket.takes = LARGE - 65_536;
		this.outgoing.add(ByteBuffer.wrap(frame), completion("one"));
		this.outgoing.send();
		assertThat(this.told).containsExactly("blocked");
		frame[LARGE - 1] = 7;
		sendAll();
		assertThat(this.socket.bytes()).isEqualTo(frame);
		assertThat(this.told).last().isEqualTo("one written");
	}

	@Test
	void movesASmallRestAwayAndFreesTheBufferBeforeItIsWritten() {
		byte[] frame = new byte[LARGE];
		frame[LARGE - 1] = 7;
		this.socket.takes = LARGE - 65_535;
		this.outgoing.add(ByteBuffer.wrap(frame), completion("one"));
		this.outgoing.send();
		assertThat(this.told).containsExactly("one's buffer free", "blocked");
		byte[] expected = frame.clone();
		// the owner uses it again
		Arrays.fill(frame, (byte) 9);
		this.socket.takes = 1_000;
		sendAll();
		assertThat(this.socket.bytes()).isEqualTo(expected);
		assertThat(this.told).containsOnlyOnce("one's buffer free", "one written").last().isEqualTo("one written");
	}

	@Test
	void saysOnlyThatAMessageIsWrittenWhenItLeavesAtOnce() {
		add("one", "820161");
		this.outgoing.send();
		assertThat(this.told).containsExactly("one written");
	}

	// --- the end

	@Test
	void failsTheMessageThatWaitsWhenTheLineBreaks() {
		this.socket.failure = new IOException("broken pipe");
		add("one", "820161");
		this.outgoing.close(close());
		this.outgoing.send();
		assertThat(this.told).contains("broken").doesNotContain("close sent", "blocked", "one written", "one failed");
		assertThat(this.outgoing.pong(new byte[] { 1 })).isFalse();
		this.outgoing.end();
		this.outgoing.end();
		assertThat(this.told).containsOnlyOnce("broken", "one failed").last().isEqualTo("one failed");
	}

	@Test
	void isBrokenWhenThereIsNoMemoryToWriteWith() {
		this.socket.fault = new OutOfMemoryError("on purpose");
		this.outgoing.add(ByteBuffer.wrap(new byte[100]), completion("one"));
		this.outgoing.send();
		assertThat(this.told).containsExactly("broken");
		this.outgoing.end();
		assertThat(this.told).containsExactly("broken", "one failed");
	}

	@Test
	void failsWhatWaitsAtTheEnd() {
		add("one", "820161");
		this.outgoing.end();
		assertThat(this.told).containsExactly("one failed");
		this.outgoing.send();
		assertThat(this.socket.hex()).isEmpty();
		assertThat(this.told).containsExactly("one failed");
	}

	@Test
	void failsAMessageThatIsStuckAtTheEnd() {
		this.socket.takes = 1;
		add("one", "820161");
		this.outgoing.send();
		this.outgoing.end();
		this.outgoing.send();
		assertThat(this.socket.hex()).isEqualTo("82");
		assertThat(this.told).containsExactly("one's buffer free", "blocked", "one failed");
	}

	@Test
	void takesNothingAfterTheEnd() {
		this.outgoing.end();
		assertThat(add("late", "820161")).isFalse();
		assertThat(this.outgoing.pong(new byte[] { 1 })).isFalse();
		assertThat(this.outgoing.close(close())).isFalse();
		this.outgoing.send();
		assertThat(this.socket.hex()).isEmpty();
		assertThat(this.told).containsExactly("late failed");
	}

	@Test
	void doesNotCallABufferFreeWhileAnotherThreadWritesFromIt() throws InterruptedException {
		add("one", "820161");
		endWhileWriting(1, () -> assertThat(this.told).isEmpty());
		assertThat(this.told).containsExactly("one failed");
	}

	@Test
	void completesAMessageOnceThatLeavesWholeDuringTheEnd() throws InterruptedException {
		add("one", "820161");
		this.outgoing.close(close());
		endWhileWriting(1_000, () -> assertThat(this.told).isEmpty());
		assertThat(this.told).containsExactly("one written");
		assertThat(this.socket.hex()).isEqualTo("820161");
	}

	@Test
	void completesAMessageOnceThatBreaksDuringTheEnd() throws InterruptedException {
		add("one", "820161");
		this.socket.failure = new IOException("reset");
		endWhileWriting(0, () -> assertThat(this.told).isEmpty());
		assertThat(this.told).containsOnlyOnce("one failed").hasSizeBetween(1, 2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 1_000 })
	void failsAMessageThatWaitsBehindAPongDuringTheEnd(int takes) throws InterruptedException {
		this.outgoing.pong(new byte[] { 1 });
		add("one", "820161");
		endWhileWriting(takes, () -> {
		});
		assertThat(this.told).containsExactly("one failed");
		assertThat(PONG_1).startsWith(this.socket.hex());
	}

	/**
	 * Ends while a thread is inside the socket's write.
	 */
	private void endWhileWriting(int takes, Runnable meanwhile) throws InterruptedException {
		this.socket.takes = takes;
		this.socket.inside = new CountDownLatch(1);
		this.socket.goOn = new CountDownLatch(1);
		Thread sender = new Thread(this.outgoing::send, "sender");
		sender.start();
		assertThat(this.socket.inside.await(10, TimeUnit.SECONDS)).isTrue();
		this.outgoing.end();
		meanwhile.run();
		this.socket.goOn.countDown();
		sender.join(10_000);
		assertThat(sender.isAlive()).isFalse();
	}

	private boolean add(String name, String frame) {
		return this.outgoing.add(bytes(frame), completion(name));
	}

	private Transport.Completion completion(String name) {
		return new Transport.Completion() {

			@Override
			public void bufferFree() {
				OutgoingTests.this.told.add(name + "'s buffer free");
			}

			@Override
			public void completed(boolean written) {
				OutgoingTests.this.told.add(name + (written ? " written" : " failed"));
			}

		};
	}

	private void sendAll() {
		for (int round = 0; round < 200; round++) {
			this.outgoing.send();
		}
	}

	private static ByteBuffer close() {
		return bytes(CLOSE);
	}

	private static ByteBuffer bytes(String hex) {
		return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
	}

	private static final class FakeSocket implements LeanSocket {

		private final ByteArrayOutputStream out = new ByteArrayOutputStream();

		/** How many bytes each write takes at most. */
		private int takes = Integer.MAX_VALUE;

		private IOException failure;

		private Error fault;

		private CountDownLatch inside;

		private CountDownLatch goOn;

		@Override
		public boolean write(ByteBuffer from) throws IOException {
			if (this.fault != null) {
				throw this.fault;
			}
			if (this.inside != null) {
				this.inside.countDown();
				await();
			}
			if (this.failure != null) {
				throw this.failure;
			}
			for (int left = this.takes; left > 0 && from.hasRemaining(); left--) {
				this.out.write(from.get());
			}
			return !from.hasRemaining();
		}

		private void await() {
			try {
				assertThat(this.goOn.await(10, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		byte[] bytes() {
			return this.out.toByteArray();
		}

		String hex() {
			return HexFormat.of().formatHex(bytes());
		}

		@Override
		public SocketChannel channel() {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean isSecure() {
			return false;
		}

		@Override
		public int read(ByteBuffer into) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void writeNoMore() {
			throw new UnsupportedOperationException();
		}

		@Override
		public void close() {
			throw new UnsupportedOperationException();
		}

	}

}
