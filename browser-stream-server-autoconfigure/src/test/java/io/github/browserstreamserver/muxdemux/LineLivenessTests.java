/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Transport;
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
		this.relay.pass(Duration.ofSeconds(18), this.host);
		assertThat(this.host.closed()).isNull();
		this.relay.pass(Duration.ofSeconds(1), this.host);
		assertThat(this.host.closed()).startsWith("4005 TIMEOUT: ");
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
		assertThat(this.relay.registry.names()).isEmpty();
	}

	@Test
	void peerThatOnlyReadsIsAskedAlsoWhereLinesAreAndLives() {
		join();
		this.client.connection().alive();
		int answered = 0;
		for (int second = 0; second < 600; second++) {
			this.host.says("['A','data',1]");
			this.relay.pass(Duration.ofSeconds(1), this.client);
			if (this.client.signsOfLife() > answered) {
				answered++;
				this.client.connection().alive();
			}
		}
		assertThat(this.client.closed()).isNull();
		assertThat(answered).isBetween(600 / 10, 600 / 8);
		assertThat(this.client.heard()).hasSize(600);
	}

	@Test
	void peerThatTakesItsDataSlowlyLives() {
		join();
		this.client.connection().alive();
		this.client.stopsReading();
		for (int value = 0; value < 100; value++) {
			this.host.says("['A','data'," + value + "]");
		}
		for (int round = 0; round < 20; round++) {
			this.relay.pass(Duration.ofSeconds(15), this.client);
			this.client.readsOne();
		}
		assertThat(this.client.closed()).isNull();
		this.relay.pass(Duration.ofSeconds(23), this.client);
		assertThat(this.client.closed()).startsWith("4005 ");
	}

	@Test
	void peerThatMustAnswerAndNeverDoesIsClosed() {
		List<Integer> closed = new ArrayList<>();
		Connection connection = this.relay.dialect.connect(new Transport() {
			@Override
			public void write(ByteBuffer message, Completion completion) {
				completion.completed(true);
			}

			@Override
			public void close(int code, String reason) {
				closed.add(code);
			}

			@Override
			public boolean asksForAnswers() {
				return true;
			}
		}, "silent");
		connection.received(StandardCharsets.UTF_8.encode("[\"S\",\"new\",{\"meta\":\"/stream-server/server/one\"}]\n"),
				true);
		for (int second = 0; second < 19; second++) {
			assertThat(closed).isEmpty();
			this.relay.pass(Duration.ofSeconds(1));
			connection.tick();
		}
		assertThat(closed).containsExactly(4005);
		assertThat(this.relay.registry.names()).isEmpty();
	}

	@Test
	void peerThatIsNotReadIsSentSomethingAtEachLook() {
		join();
		this.client.says("['C','pause']");
		while (!this.host.isSuspended()) {
			this.host.says("['A','data','" + "x".repeat(1_000) + "']");
		}
		int before = this.host.signsOfLife();
		this.relay.pass(Duration.ofSeconds(3), this.host);
		assertThat(this.host.signsOfLife()).isEqualTo(before + 3);
		this.host.failsToWrite();
		this.relay.pass(Duration.ofSeconds(1), this.host);
		assertThat(this.relay.registry.names()).isEmpty();
	}

	@Test
	void linesAndAnswersAreSignsOfLifeOfThePeer() {
		this.host.connection().alive();
		for (int round = 0; round < 5; round++) {
			this.relay.pass(Duration.ofSeconds(18), this.host);
			this.host.saysText("\n");
			this.relay.pass(Duration.ofSeconds(18), this.host);
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
		this.relay.pass(Duration.ofSeconds(18), this.host);
		assertThat(this.host.closed()).isNull();
		this.relay.pass(Duration.ofSeconds(2), this.host);
		assertThat(this.host.closed()).startsWith("4005 ");
	}

	private void join() {
		this.host.joins(this.client, "one");
	}

}
