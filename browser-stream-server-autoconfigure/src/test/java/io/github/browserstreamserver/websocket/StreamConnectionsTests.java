/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
