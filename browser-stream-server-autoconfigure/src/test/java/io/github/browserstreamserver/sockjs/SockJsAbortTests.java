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

	@Test
	void requestsThatBreakCostNoOtherRequest(CapturedOutput output) {
		try (SockJsServer server = new SockJsServer()) {
			List<TestDialect.Peer> aborted = new ArrayList<>();
			// who is gone is found by a heartbeat, which is not the container's thread
			for (int round = 0; ended(aborted) < ABORTED; round++) {
				assertThat(new XhrPeer(server, "healthy" + round).poll()).isEqualTo("o");
				server.dialect().next();
				XhrPeer aborts = new XhrPeer(server, "aborts" + round);
				try (XhrPeer.Stream stream = aborts.stream()) {
					assertThat(stream.next()).isEqualTo("o");
					TestDialect.Peer connection = server.dialect().next();
					connection.write("x");
					assertThat(stream.next()).isEqualTo("a[\"x\"]");
					aborted.add(connection);
				}
			}
		}
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "non-recycled request");
	}

	private static long ended(List<TestDialect.Peer> peers) {
		return peers.stream().filter((peer) -> peer.ends.get() > 0).count();
	}

}
