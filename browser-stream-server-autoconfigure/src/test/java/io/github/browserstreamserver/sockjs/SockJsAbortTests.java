/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that break their requests off, beside others: the container uses the parts of a
 * request for the next one, whoever that is from.
 */
@Tag("container")
@ExtendWith(OutputCaptureExtension.class)
class SockJsAbortTests {

	private static final int ABORTED = 500;

	/** Of one address, with those that are remembered. */
	private static final int MOST = XhrPlaces.MOST_OF_AN_ADDRESS - 1;

	@Test
	void requestsThatBreakCostNoOtherRequest(CapturedOutput output) {
		try (SockJsServer server = new SockJsServer()) {
			XhrPeer healthy = new XhrPeer(server, "healthy");
			assertThat(healthy.poll()).isEqualTo("o");
			TestDialect.Peer goesOn = server.dialect().next();
			List<TestDialect.Peer> aborted = new ArrayList<>();
			// who is gone is found by a heartbeat, which is not the container's thread
			while (ended(aborted) < ABORTED) {
				goesOn.write("still here");
				assertThat(healthy.poll()).isEqualTo("a[\"still here\"]");
				if (aborted.size() < MOST) {
					aborted.add(abort(server, new XhrPeer(server, "aborts" + aborted.size())));
				}
			}
		}
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "non-recycled request");
	}

	private static TestDialect.Peer abort(SockJsServer server, XhrPeer peer) {
		try (XhrPeer.Stream stream = peer.stream()) {
			assertThat(stream.next()).isEqualTo("o");
			TestDialect.Peer connection = server.dialect().next();
			connection.write("x");
			assertThat(stream.next()).isEqualTo("a[\"x\"]");
			return connection;
		}
	}

	private static long ended(List<TestDialect.Peer> peers) {
		return peers.stream().filter((peer) -> peer.ends.get() > 0).count();
	}

}
