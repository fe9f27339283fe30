/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.stream.ByteRate;
import io.github.browserstreamserver.stream.OpenRate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the bounds of a connection and its streams that are off unless the
 * application sets them.
 */
class LineBoundsTests {

	private static final int BYTES_A_SECOND = 50_000;

	private static final String LINE = "['C','data','" + "x".repeat(981) + "']";

	private final LineRelay relay = new LineRelay(
			new MuxDemuxLimits(100, 10_000_000, 1_000_000, Duration.ofSeconds(15), Duration.ofSeconds(20),
					Duration.ofSeconds(30), OpenRate.UNBOUNDED, Duration.ofSeconds(10), BYTES_A_SECOND),
			LineRelay.MEMORY);

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	private void join() {
		this.host.joins(this.client, "one");
	}

	@Test
	void aConnectionMaySendSoManyBytesASecond() {
		join();
		int sent = 0;
		for (int second = 0; second < 20; second++) {
			while (!this.client.isSuspended()) {
				this.client.says(LINE);
				sent += LINE.length() + 1;
			}
			this.relay.pass(Duration.ofSeconds(1), this.client);
		}
		assertThat(sent).isBetween(19 * BYTES_A_SECOND, 21 * BYTES_A_SECOND);
		assertThat(this.client.closed()).isNull();
		assertThat(this.host.heard()).hasSize(sent / (LINE.length() + 1));
		this.relay.pass(Duration.ofSeconds(2), this.client);
		assertThat(this.client.isSuspended()).isFalse();
	}

	@Test
	void aLineThatIsMuchTooLongIsPaidForWithTime() {
		join();
		this.client.says("['C','data','" + "x".repeat(10 * BYTES_A_SECOND) + "']");
		this.relay.pass(Duration.ofSeconds(8), this.client);
		assertThat(this.client.isSuspended()).isTrue();
		this.relay.pass(Duration.ofSeconds(2), this.client);
		assertThat(this.client.isSuspended()).isFalse();
		assertThat(this.client.closed()).isNull();
	}

	@Test
	void aConnectionWithTwoReasonsToWaitWaitsForBoth() {
		ReadGate gate = new ReadGate(this.client, new ByteRate(BYTES_A_SECOND, 0));
		MuxStream stream = new MuxStream((MuxConnection) this.client.connection(), StreamRole.CONNECT, "one", false);
		gate.shut(stream, 0);
		gate.isOverrun(2 * BYTES_A_SECOND, 0);
		gate.tick(TimeUnit.SECONDS.toNanos(1));
		assertThat(this.client.isSuspended()).isTrue();
		gate.isOverrun(BYTES_A_SECOND, 0);
		gate.open(stream);
		assertThat(this.client.isSuspended()).isTrue();
		gate.tick(TimeUnit.SECONDS.toNanos(3));
		assertThat(this.client.isSuspended()).isFalse();
	}

	@Test
	void aConnectionThatCannotBeHeldBackIsClosedWhenItIsFarTooFast() {
		join();
		this.client.cannotBeSuspended();
		int sent = 0;
		while (this.client.closed() == null && sent < 10 * BYTES_A_SECOND) {
			this.client.says(LINE);
			sent += LINE.length() + 1;
		}
		assertThat(this.client.closed()).startsWith("4004 LIMIT: ").contains("connections.max-bytes-per-second");
		assertThat(sent).isBetween(2 * BYTES_A_SECOND, 3 * BYTES_A_SECOND);
	}

	@Test
	void aStreamWithoutDataIsEnded() {
		join();
		this.relay.pass(Duration.ofSeconds(9), this.client, this.host);
		assertThat(this.client.heard()).isEmpty();
		this.relay.pass(Duration.ofSeconds(2), this.client, this.host);
		assertThat(this.client.heard()).first().asString().contains("stream.idle-timeout");
		assertThat(this.host.heard()).isNotEmpty();
		assertThat(this.relay.registry.names()).as("a name may be idle").containsExactly("one");
	}

	@Test
	void aStreamWithDataInOneDirectionLives() {
		join();
		for (int time = 0; time < 10; time++) {
			this.client.says("['C','data',1]");
			this.relay.pass(Duration.ofSeconds(9), this.client, this.host);
		}
		assertThat(this.host.heard()).hasSize(10);
		assertThat(this.client.heard()).isEmpty();
	}

}
