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
 * One bound for all: where the budget is short a stream ends with an error, or is held
 * earlier, and others live (the issue: held up to a bound per stream and one for all).
 */
class TightBudgetTests {

	private static final int MEMORY = 200_000;

	private static final String KILO = "'" + "x".repeat(1_000) + "'";

	private final LineRelay relay = new LineRelay(
			new MuxDemuxLimits(1_000, 1_000_000, 1_000_000, Duration.ofSeconds(15), Duration.ofSeconds(30)), MEMORY);

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	@Test
	void messageBeyondTheBudgetEndsItsStreamOnly() {
		join("C", "A");
		join("D", "B");
		this.client.says("['C','pause']", "['D','pause']");
		this.host.says("['A','data','" + "x".repeat(MEMORY * 9 / 10) + "']");
		this.host.says("['B','data'," + KILO + "]");
		this.host.says("['B','data','" + "x".repeat(MEMORY / 10) + "']");
		assertThat(this.client.heard()).hasSize(3)
			.first()
			.isEqualTo("['D','error',{'code':'LIMIT','library':'[stream-server]',"
					+ "'message':'the relay has no memory left for what waits to be read','details':'one'}]");
		assertThat(this.host.heard()).hasSize(3).first().asString().startsWith("['B','error',{'code':'LIMIT'");
		this.client.says("['C','resume']");
		assertThat(this.client.heard()).hasSize(1).first().asString().startsWith("['C','data','xxx");
	}

	@Test
	void writerIsHeldEarlierWhenHalfOfTheBudgetIsUsed() {
		join("C", "A");
		this.client.says("['C','pause']");
		for (int message = 0; message < 1_000 && !this.host.isSuspended(); message++) {
			this.host.says("['A','data'," + KILO + "]");
		}
		assertThat(this.host.isSuspended()).isTrue();
		assertThat(this.relay.budget.reserved()).isBetween(MEMORY / 2L, MEMORY / 2L + 2_000);
		this.client.says("['C','resume']");
		assertThat(this.host.isSuspended()).isFalse();
		assertThat(this.relay.held()).isZero();
	}

	@Test
	void lineThatTheBudgetCannotHoldEndsItsConnection() {
		join("C", "A");
		LinePeer greedy = this.relay.peer("greedy");
		for (int part = 0; part < 1_000 && greedy.closed() == null; part++) {
			greedy.saysText("x".repeat(1_000));
		}
		assertThat(greedy.closed()).startsWith("4004 LIMIT: ");
		assertThat(this.relay.held()).isZero();
		this.client.says("['C','data',1]");
		assertThat(this.host.heard()).containsExactly("['A','data',1]");
	}

	@Test
	void whoOnlyTakesUpMemoryLosesItWhenItIsShort() {
		join("C", "A");
		join("D", "B");
		LinePeer halfway = this.relay.peer("halfway");
		halfway.saysText("[\"half");
		this.client.says("['C','pause']");
		this.host.says("['A','data',1]");
		this.relay.pass(Duration.ofSeconds(60), this.host, halfway);
		assertThat(this.host.heard()).isEmpty();
		assertThat(halfway.closed()).isNull();
		long taken = MEMORY * 8 / 10 - this.relay.budget.reserved();
		assertThat(this.relay.budget.tryReserve(taken)).isTrue();
		this.host.says("['B','data',2]");
		this.relay.pass(Duration.ofSeconds(1), this.host, halfway);
		this.relay.budget.release(taken);
		assertThat(this.host.heard()).hasSize(3).first().asString().startsWith("['A','error',{'code':'LIMIT'");
		assertThat(this.client.heard()).contains("['D','data',2]")
			.anyMatch((line) -> line.startsWith("['C','error',{'code':'LIMIT'"));
		assertThat(halfway.closed()).startsWith("4004 LIMIT: memory is short");
	}

	@Test
	void whoIsSlowKeepsItsStreamWhenMemoryIsShort() {
		join("C", "A");
		this.client.stopsReading();
		this.host.says("['A','data',1]", "['A','data',2]");
		long taken = MEMORY * 8 / 10 - this.relay.budget.reserved();
		assertThat(this.relay.budget.tryReserve(taken)).isTrue();
		for (int round = 0; round < 5; round++) {
			this.relay.pass(Duration.ofSeconds(20), this.host);
			this.client.readsOne();
			this.host.says("['A','data',3]");
		}
		this.relay.budget.release(taken);
		assertThat(this.host.heard()).isEmpty();
	}

	private void join(String client, String host) {
		if (this.relay.registry.names().isEmpty()) {
			this.host.opens("S", "/stream-server/server/one");
		}
		this.client.opens(client, "/stream-server/client/one/rack1");
		this.host.takesClient("S", host, "one");
		this.host.heard();
		this.client.heard();
	}

}
