/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signs of life, and peers that are silent or go (the issue: nothing hangs).
 */
class LineLivenessTests {

	private final LineRelay relay = new LineRelay(
			new MuxDemuxLimits(1_000, 10_000, 1_000_000, Duration.ofSeconds(15), Duration.ofSeconds(30)),
			LineRelay.MEMORY);

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	@Test
	void signOfLifeIsSentAfterSilence() {
		this.relay.pass(Duration.ofSeconds(13), this.host);
		assertThat(this.host.signsOfLife()).isZero();
		this.relay.pass(Duration.ofSeconds(2), this.host);
		assertThat(this.host.signsOfLife()).isEqualTo(1);
		assertThat(this.host.heard()).isEmpty();
		this.relay.pass(Duration.ofSeconds(15), this.host);
		assertThat(this.host.signsOfLife()).isEqualTo(2);
	}

	@Test
	void signOfLifeIsNotSentWhereLinesAre() {
		join();
		for (int second = 0; second < 60; second++) {
			this.client.says("['C','data',1]");
			this.relay.pass(Duration.ofSeconds(1), this.host);
		}
		assertThat(this.host.signsOfLife()).isZero();
	}

	@Test
	void peerThatNeverAnswersIsLeftAlone() {
		this.relay.pass(Duration.ofMinutes(10), this.host);
		assertThat(this.host.closed()).isNull();
	}

	@Test
	void peerThatHasAnsweredOnceAndIsThenSilentIsClosed() {
		join();
		this.host.connection().alive();
		this.relay.pass(Duration.ofSeconds(44), this.host);
		assertThat(this.host.closed()).isNull();
		this.relay.pass(Duration.ofSeconds(1), this.host);
		assertThat(this.host.closed()).startsWith("4005 TIMEOUT: ");
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
		assertThat(this.relay.registry.names()).isEmpty();
	}

	@Test
	void linesAndAnswersAreSignsOfLifeOfThePeer() {
		this.host.connection().alive();
		for (int round = 0; round < 5; round++) {
			this.relay.pass(Duration.ofSeconds(40), this.host);
			this.host.saysText("\n");
			this.relay.pass(Duration.ofSeconds(40), this.host);
			this.host.connection().alive();
		}
		assertThat(this.host.closed()).isNull();
	}

	@Test
	void peerThatIsNotReadIsNotMissed() {
		join();
		this.host.connection().alive();
		this.client.says("['C','pause']");
		while (!this.host.isSuspended()) {
			this.host.says("['A','data','" + "x".repeat(1_000) + "']");
		}
		this.relay.pass(Duration.ofSeconds(44), this.host);
		assertThat(this.host.isSuspended()).isTrue();
		assertThat(this.host.closed()).isNull();
		this.client.says("['C','resume']");
		this.relay.pass(Duration.ofSeconds(44), this.host);
		assertThat(this.host.closed()).isNull();
		this.relay.pass(Duration.ofSeconds(2), this.host);
		assertThat(this.host.closed()).startsWith("4005 ");
	}

	private void join() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/rack1");
		this.host.takesClient("S", "A", "one");
		this.host.heard();
		this.client.heard();
	}

}
