/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.browserstreamserver.proxy.DestroyReason;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.proxy.ServerListener;
import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.testing.NoFaults;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many peers, each on a thread of its own, that talk, end, reset and go as they like:
 * bytes arrive in order or the stream ends with an error, nobody is blamed for another's
 * doing, and in the end everything is given back.
 */
@ExtendWith(NoFaults.class)
class RelayRacesTests {

	private static final int HOSTS = 4;

	private static final int CLIENTS = 8;

	private static final int STREAMS = 60;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	@Timeout(60)
	void everythingComesBackToZeroWhateverRaces(long seed) throws InterruptedException {
		Budget budget = new Budget(64_000_000);
		AtomicInteger created = new AtomicInteger();
		AtomicInteger destroyed = new AtomicInteger();
		CountDownLatch finished = new CountDownLatch(CLIENTS * STREAMS);
		AtomicInteger errors = new AtomicInteger();
		ExecutorService announcer = Executors.newFixedThreadPool(2);
		ProxyRegistry registry = new ProxyRegistry(counting(created, destroyed), announcer, budget, 1_000_000,
				Runnable::run, Runnable::run, Clock.systemUTC());
		BinaryDialect dialect = new BinaryDialect(BinaryLimits.DEFAULTS, budget, registry.acceptor(), System::nanoTime);
		List<BusyPeer> peers = new ArrayList<>();
		for (int host = 0; host < HOSTS; host++) {
			BusyPeer peer = new BusyPeer(dialect, "host " + host, seed * 100 + host, finished, errors);
			peer.listen("name" + host);
			peers.add(peer);
		}
		for (int client = 0; client < CLIENTS; client++) {
			BusyPeer peer = new BusyPeer(dialect, "client " + client, seed * 1_000 + client, finished, errors);
			for (int stream = 0; stream < STREAMS; stream++) {
				peer.connect("name" + (client + stream) % HOSTS, 20_000);
			}
			peers.add(peer);
		}
		assertThat(finished.await(30, TimeUnit.SECONDS)).isTrue();
		peers.forEach(BusyPeer::disconnect);
		for (BusyPeer peer : peers) {
			peer.stop();
		}
		announcer.shutdown();
		assertThat(announcer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(errors).hasValue(0);
		assertThat(registry.names()).isEmpty();
		assertThat(budget.reserved()).isZero();
		assertThat(destroyed).hasValue(created.get());
	}

	private static ServerListener counting(AtomicInteger created, AtomicInteger destroyed) {
		return new ServerListener() {

			@Override
			public void created(String name, Instant at) {
				created.incrementAndGet();
			}

			@Override
			public void destroyed(String name, Instant at, DestroyReason reason) {
				destroyed.incrementAndGet();
			}

		};
	}

}
