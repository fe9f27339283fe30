/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamKind;
import io.github.browserstreamserver.stream.StreamRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client connects while the announcement of the name is just over, or while the name
 * just ends: what another thread does in between is done here at the worst moment.
 */
class AnnouncementRacesTests {

	private static final StreamRequest CONNECT = new StreamRequest(StreamKind.CONNECT, "name", null, null);

	private final Deque<Runnable> announcements = new ArrayDeque<>();

	private final Budget budget = new Budget(1_000_000);

	private final ProxyRegistry registry = new ProxyRegistry(new ServerListener() {

		@Override
		public void created(String name, Instant at) {
		}

		@Override
		public void destroyed(String name, Instant at, DestroyReason reason) {
		}

	}, this.announcements::add, this.budget, 1_000, Runnable::run, Runnable::run, Clock.systemUTC());

	private void announce() {
		while (!this.announcements.isEmpty()) {
			this.announcements.remove().run();
		}
	}

	@Test
	void startsTheHostsStreamOnlyWhenItIsJoinedThoughTheAnnouncementEndsMeanwhile() {
		List<String> calls = new ArrayList<>();
		StreamRequest listen = new StreamRequest(StreamKind.LISTEN, "name", null, null);
		this.registry.acceptor().accept((request) -> new OutgoingStream() {

			@Override
			public void join(StreamEnd other) {
				calls.add("join");
			}

			@Override
			public void start() {
				calls.add("start");
			}

		}, listen, StreamEnd.NOWHERE);
		this.registry.acceptor().accept((request) -> {
			throw new AssertionError("nobody opens streams to the client");
		}, CONNECT, new StreamEnd() {

			@Override
			public void join(StreamEnd other) {
				announce();
			}

		});
		announce();
		assertThat(calls).containsExactly("join", "start");
	}

	@Test
	void tellsTheClientOfAJavaHostThatItIsAcceptedThoughTheAnnouncementEndsMeanwhile() {
		List<String> calls = new ArrayList<>();
		this.registry.listen("name", (stream) -> {
		});
		this.registry.acceptor().accept((request) -> {
			throw new AssertionError("nobody opens streams to the client");
		}, CONNECT, new StreamEnd() {

			@Override
			public void join(StreamEnd other) {
				announce();
			}

			@Override
			public void accept() {
				calls.add("accept");
			}

		});
		announce();
		assertThat(calls).containsExactly("accept");
	}

	@Test
	void doesNotServeAStreamThatWasResetBeforeItStarted() {
		List<String> served = new ArrayList<>();
		OutgoingStream end = new JavaStream(CONNECT, this.budget, 1_000, Runnable::run)
			.proxySide((stream) -> served.add("served"));
		end.join(StreamEnd.NOWHERE);
		end.reset(ErrorCode.HOST_GONE, "the host stopped listening");
		end.start();
		assertThat(served).isEmpty();
		assertThat(this.budget.reserved()).isZero();
	}

}
