/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.browserstreamserver.transport.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Reading over TLS, where there may be bytes although the socket is not ready.
 */
class LeanTransportTests {

	private static final int ROUNDS = 50;

	private final AtomicInteger parts = new AtomicInteger();

	private final EventLoop loop = new EventLoop("loop of a test");

	private EndlessSocket socket;

	private LeanTransport transport;

	@BeforeEach
	void connect() throws IOException {
		this.socket = new EndlessSocket();
		this.transport = new LeanTransport(this.loop, this.socket, new LeanSession(new AbstractWebSocketHandler() {
		}, new ServletServerHttpRequest(new MockHttpServletRequest()), null, null, Map.of()));
		this.loop.start();
	}

	@AfterEach
	void disconnect() throws IOException {
		this.loop.stop();
		this.socket.peer.close();
	}

	@Test
	void goesOnReadingWhatIsThereAlthoughTheSocketIsNotReady() {
		this.transport.start(new Counting(), begin());
		await().until(() -> this.parts.get() > 100);
	}

	@Test
	void readsNoMoreWhileItIsSuspendedAndGoesOnWhenItIsResumed() throws InterruptedException {
		this.transport.start(new Counting() {

			@Override
			public void received(ByteBuffer part, boolean last) {
				super.received(part, last);
				LeanTransportTests.this.transport.suspend();
			}

		}, begin());
		turns();
		int before = this.parts.get();
		assertThat(before).isBetween(1, 20);
		turns();
		assertThat(this.parts).hasValue(before);
		this.transport.resume();
		await().until(() -> this.parts.get() > before);
	}

	@Test
	void endsWithoutAFaultWhenItsLoopHasEndedBeforeItBegan() throws InterruptedException {
		CountDownLatch closed = new CountDownLatch(1);
		this.socket.whenClosed = closed::countDown;
		this.loop.stop();
		turns();
		this.transport.start(new Counting(), begin());
		assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.parts).hasValue(0);
	}

	/** Lets the loop do what it has left for later, and what it leaves then. */
	private void turns() throws InterruptedException {
		for (int round = 0; round < ROUNDS; round++) {
			CountDownLatch done = new CountDownLatch(1);
			this.loop.execute(done::countDown);
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	/** The begin of a message that never ends. */
	private static ByteBuffer begin() {
		return ByteBuffer.wrap(ClientFrame.binary().withLength(127, Long.MAX_VALUE).bytes());
	}

	private class Counting implements Connection {

		@Override
		public void received(ByteBuffer part, boolean last) {
			LeanTransportTests.this.parts.incrementAndGet();
		}

		@Override
		public void unsupported(int closeCode, String reason) {
		}

		@Override
		public void closed(String reason) {
		}

		@Override
		public void tick() {
		}

		@Override
		public void drain(Duration spread) {
		}

		@Override
		public void refuse(String reason) {
		}

		@Override
		public void shutdown() {
		}

	}

	/**
	 * Has always more to read, although nobody sends.
	 */
	private static final class EndlessSocket implements LeanSocket {

		private final SocketChannel peer;

		private final SocketChannel channel;

		private volatile Runnable whenClosed = () -> {
		};

		EndlessSocket() throws IOException {
			try (ServerSocketChannel server = ServerSocketChannel.open()) {
				server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				this.peer = SocketChannel.open(server.getLocalAddress());
				this.channel = server.accept();
				this.channel.configureBlocking(false);
			}
		}

		@Override
		public SocketChannel channel() {
			return this.channel;
		}

		@Override
		public boolean isSecure() {
			return true;
		}

		@Override
		public int read(ByteBuffer into) {
			into.put(new byte[100]);
			return 100;
		}

		@Override
		public boolean write(ByteBuffer from) {
			from.position(from.limit());
			return true;
		}

		@Override
		public void writeNoMore() {
		}

		@Override
		public void close() {
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			this.whenClosed.run();
		}

	}

}
