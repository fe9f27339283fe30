/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Pings and writes never overlap, in whatever order they come.
 */
class SessionPingsTests {

	private final Session session = mock(Session.class);

	private final RemoteEndpoint.Async remote = mock(RemoteEndpoint.Async.class);

	/** What waits for a thread. */
	private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

	private final List<String> sent = new ArrayList<>();

	private final SessionPings pings = new SessionPings(this.session, this.tasks::add);

	private ByteBuffer payload = ByteBuffer.allocate(0);

	@BeforeEach
	void prepare() throws IOException {
		given(this.session.getAsyncRemote()).willReturn(this.remote);
		willAnswer((call) -> {
			this.payload = call.getArgument(0, ByteBuffer.class).duplicate();
			this.sent.add("ping");
			return null;
		}).given(this.remote).sendPing(any());
	}

	private void write(String message) {
		this.pings.write(() -> this.sent.add(message));
	}

	@Test
	void writeThatComesWhileAPingIsUnderWayFollowsIt() {
		assertThat(this.pings.ask()).isTrue();
		write("message");
		assertThat(this.sent).isEmpty();
		this.tasks.remove().run();
		assertThat(this.sent).containsExactly("ping", "message");
	}

	@Test
	void noPingIsSentIntoAWrite() {
		write("message");
		assertThat(this.pings.ask()).isFalse();
		this.pings.written();
		assertThat(this.pings.ask()).isTrue();
		assertThat(this.tasks).hasSize(1);
	}

	@Test
	void writeThatWaitedIsAWriteUnderWay() {
		this.pings.ask();
		write("message");
		this.tasks.remove().run();
		assertThat(this.pings.ask()).isFalse();
		this.pings.written();
		assertThat(this.pings.ask()).isTrue();
	}

	@Test
	void onePingAtATimeIsEnough() {
		assertThat(this.pings.ask()).isTrue();
		assertThat(this.pings.ask()).isFalse();
		assertThat(this.tasks).hasSize(1);
	}

	@Test
	void pingThatFailsHoldsNoWriteUp() throws IOException {
		willThrow(new IOException("broken pipe")).given(this.remote).sendPing(any());
		this.pings.ask();
		write("message");
		this.tasks.remove().run();
		assertThat(this.sent).containsExactly("message");
	}

	@Test
	void onlyThePayloadOfTheLastPingIsAnAnswer() {
		this.pings.ask();
		this.tasks.remove().run();
		ByteBuffer first = this.payload;
		assertThat(this.pings.isAnswered(first)).isTrue();
		assertThat(this.pings.isAnswered(ByteBuffer.allocate(0))).isFalse();
		assertThat(this.pings.isAnswered(ByteBuffer.allocate(Long.BYTES))).isFalse();
		this.pings.ask();
		this.tasks.remove().run();
		assertThat(this.pings.isAnswered(first)).isFalse();
		assertThat(this.pings.isAnswered(this.payload)).isTrue();
	}

}
