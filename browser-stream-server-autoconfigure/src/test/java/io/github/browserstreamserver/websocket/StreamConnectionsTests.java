/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.stream.PeerLimits;
import io.github.browserstreamserver.transport.Connection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

class StreamConnectionsTests {

	@Test
	void helpDoesNotStandInLineBehindSocketsThatAreClosed() throws InterruptedException {
		StreamConnections connections = new StreamConnections();
		connections.start();
		CountDownLatch peerTakesNothing = new CountDownLatch(1);
		CountDownLatch helped = new CountDownLatch(1);
		for (int i = 0; i < 100; i++) {
			connections.closer().execute(() -> awaitQuietly(peerTakesNothing));
		}
		connections.helper().execute(helped::countDown);
		assertThat(helped.await(10, TimeUnit.SECONDS)).isTrue();
		peerTakesNothing.countDown();
		connections.stop();
	}

	@Test
	void aConnectionThatIsRefusedTakesNobodysPlaceAndGivesNoneBack() {
		StreamConnections connections = new StreamConnections(new PeerLimits(2, 1, 1, 1, 1, 255, 4_096));
		connections.start();
		Connection first = connection("here");
		connections.add(first);
		for (int time = 0; time < 10; time++) {
			Connection another = connection("here");
			connections.add(another);
			verify(another).refuse(contains("connections.max-per-address"));
			verify(another, never()).admitted();
			if (time % 2 == 0) {
				connections.remove(another);
			}
		}
		Connection elsewhere = connection("elsewhere");
		connections.add(elsewhere);
		verify(elsewhere, never()).refuse(anyString());
		verify(elsewhere).admitted();
		connections.remove(first);
		Connection again = connection("here");
		connections.add(again);
		verify(again, never()).refuse(anyString());
		Connection third = connection("third");
		connections.add(third);
		verify(third).refuse(contains("connections.max)"));
	}

	private static Connection connection(String address) {
		Connection connection = mock(Connection.class);
		given(connection.identity()).willReturn(new PeerIdentity() {

			@Override
			public InetSocketAddress remoteAddress() {
				return InetSocketAddress.createUnresolved(address, 80);
			}

		});
		return connection;
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
