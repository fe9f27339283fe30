/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.testing.NoFaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a connection makes the relay hold beside the windows of its streams is within the
 * budget too, whoever reads nothing or ends no frame.
 */
@ExtendWith(NoFaults.class)
class UnreadAnswersTests {

	private static final int MEMORY = 1_048_576;

	private static final int PEERS = 40;

	private static final String NAME = "x".repeat(255);

	private final Relay relay = new Relay(BinaryLimits.DEFAULTS, MEMORY);

	@Test
	void answersThatPeersDoNotReadAreCountedAndEndTheirConnectionsWhenThereIsNoMoreMemory() {
		List<ScriptedPeer> peers = new ArrayList<>();
		for (int count = 0; count < PEERS; count++) {
			ScriptedPeer peer = this.relay.peer("peer " + count);
			peer.stopReading();
			for (int id = 1; id < 1_500; id += 2) {
				peer.connectTo(id, NAME);
			}
			peers.add(peer);
			assertThat(this.relay.budget.reserved()).isLessThanOrEqualTo(MEMORY);
		}
		// only now the writes that were stuck are over, and the close can follow
		peers.forEach(ScriptedPeer::readAll);
		assertThat(peers.stream().map(ScriptedPeer::closed).filter(Objects::nonNull)).hasSizeGreaterThan(PEERS / 2)
			.allMatch((closed) -> closed.contains("LIMIT"));
		assertThat(this.relay.budget.reserved()).isLessThan(MEMORY);
	}

	@Test
	void answersThatAreReadCostNothingInTheEnd() {
		ScriptedPeer peer = this.relay.peer("peer");
		peer.stopReading();
		for (int id = 1; id < 401; id += 2) {
			peer.connectTo(id, NAME);
		}
		assertThat(this.relay.budget.reserved()).isGreaterThan(50_000);
		peer.readAll();
		assertThat(peer.talk()).hasSize(200);
		peer.disconnect();
		assertThat(this.relay.budget.reserved()).isZero();
	}

	@Test
	void resetsByOthersThatAPeerDoesNotReadEndItsConnectionToo() {
		int streams = 1_200;
		BinaryLimits limits = new BinaryLimits(2 * streams, 16_384, Duration.ofSeconds(15), Duration.ofSeconds(30),
				Duration.ofSeconds(10));
		Relay large = new Relay(limits, 128L * MEMORY);
		ScriptedPeer host = large.peer("host").listen(1, "name");
		ScriptedPeer client = large.peer("client");
		for (int count = 0; count < streams; count++) {
			client.connectTo(1 + 2 * count, "name");
		}
		client.stopReading();
		for (int count = 1; count <= streams; count++) {
			host.reset(2 * count, ErrorCode.REFUSED, "y".repeat(Wire.MAX_REASON));
		}
		client.readAll();
		assertThat(client.closed()).contains("LIMIT");
		assertThat(host.closed()).isNull();
	}

	@Test
	void frameThatClaimsALengthCostsWhatHasComeIn() {
		for (int count = 0; count < PEERS; count++) {
			ScriptedPeer peer = this.relay.peer("peer " + count);
			peer.deliver(ByteBuffer.wrap(new byte[] { Wire.OPEN, 0, 1, (byte) 0x80, (byte) 0x80, 1, 2 }), false);
			assertThat(peer.closed()).isNull();
		}
		assertThat(this.relay.budget.reserved()).isZero();
	}

	@Test
	void frameThatIsNearlyWholeIsCounted() {
		ScriptedPeer peer = this.relay.peer("peer");
		peer.deliver(ByteBuffer.wrap(new byte[] { Wire.OPEN, 0, 1, (byte) 0x80, (byte) 0x80, 1 }), false);
		for (int part = 0; part < 16; part++) {
			peer.deliver(ByteBuffer.allocate(1_000), false);
		}
		assertThat(this.relay.budget.reserved()).isBetween(16_000L - Allowance.FREE, 16_384L);
		peer.disconnect();
		assertThat(this.relay.budget.reserved()).isZero();
	}

	@Test
	void frameThatDoesNotEndInTimeEndsItsConnection() {
		ScriptedPeer peer = this.relay.peer("peer");
		peer.deliver(ByteBuffer.wrap(new byte[] { Wire.OPEN, 0, 1, (byte) 0x80, (byte) 0x80, 1 }), false);
		int seconds = 0;
		while (peer.closed() == null && seconds < 600) {
			peer.deliver(ByteBuffer.allocate(1), false);
			this.relay.pause(Duration.ofSeconds(1));
			peer.connection().tick();
			seconds++;
		}
		assertThat(peer.closed()).contains("TIMEOUT").contains("has not ended");
		assertThat(seconds).isLessThan(200);
	}

}
