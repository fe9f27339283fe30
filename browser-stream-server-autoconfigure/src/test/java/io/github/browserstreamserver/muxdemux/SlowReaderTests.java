/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readers that pause or are slow (facts, section 4.5, and the backpressure
 * without credit). That nobody is ever told to pause or to resume,
 * {@link LineRelay#everybodyGoes()} sees.
 */
class SlowReaderTests {

	private static final int MAX_HELD = 100_000;

	private static final String KILO = "'" + "x".repeat(1_000) + "'";

	private static final String TOO_SLOW = "'message':'the other side does not take what is written";

	private final LineRelay relay = new LineRelay(
			new MuxDemuxLimits(1_000, MAX_HELD, 1_000_000, Duration.ofSeconds(15), Duration.ofSeconds(30)),
			LineRelay.MEMORY);

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	@Test
	void pausedReaderGetsNoDataAndThenAllInOrder() {
		join();
		this.client.says("['C','pause']");
		List<String> expected = new ArrayList<>();
		for (int value = 0; value < 50; value++) {
			this.host.says("['A','data'," + value + "]");
			this.client.says("['C','pause']");
			expected.add("['C','data'," + value + "]");
		}
		assertThat(this.client.heard()).isEmpty();
		assertThat(this.host.isSuspended()).isFalse();
		this.client.says("['C','resume']");
		assertThat(this.client.heard()).containsExactlyElementsOf(expected);
		this.host.says("['A','data','live']");
		assertThat(this.client.heard()).containsExactly("['C','data','live']");
	}

	@Test
	void pausedReaderCanStillWrite() {
		join();
		this.client.says("['C','pause']", "['C','data',1]");
		assertThat(this.host.heard()).containsExactly("['A','data',1]");
	}

	@Test
	void pauseOfOneStreamIsNoneOfAnother() {
		join();
		this.client.opens("D", "/stream-server/client/one/r");
		this.host.takesClient("S", "B", "one");
		this.client.says("['C','pause']");
		this.client.heard();
		this.host.says("['A','data',1]", "['B','data',2]");
		assertThat(this.client.heard()).containsExactly("['D','data',2]");
	}

	@Test
	void pausedReaderHearsOfAnEndAndOfAnError() {
		join();
		this.client.says("['C','pause']");
		this.host.says("['A','end']");
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
		this.client.opens("D", "/stream-server/client/one/r").says("['D','pause']");
		this.relay.pass(Duration.ofSeconds(30), this.host, this.client);
		assertThat(this.client.heard()).hasSize(3).first().asString().startsWith("['D','error',{'code':'TIMEOUT'");
	}

	@Test
	void whatWaitedForAPausedReaderComesBeforeTheEnd() {
		join();
		this.client.says("['C','pause']");
		this.host.says("['A','data','last']", "['A','end']", "['A','close']");
		assertThat(this.client.heard()).isEmpty();
		this.client.says("['C','resume']");
		assertThat(this.client.heard()).containsExactly("['C','data','last']", "['C','end']", "['C','close']");
	}

	@Test
	void pausedReaderMayEnd() {
		join();
		this.client.says("['C','pause']");
		writes(20);
		this.client.says("['C','end']", "['C','close']");
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
		assertThat(this.host.heard()).containsExactly("['A','end']", "['A','close']");
		assertThat(this.relay.held()).isZero();
	}

	@Test
	void readerThatTakesNextToNothingHoldsNobodyUpForEver() {
		join();
		this.client.says("['C','pause']");
		while (!this.host.isSuspended()) {
			writes(1);
		}
		this.client.stopsReading();
		this.client.says("['C','resume']");
		for (int second = 0; second < 45; second++) {
			assertThat(this.host.isSuspended()).isTrue();
			this.relay.pass(Duration.ofSeconds(1), this.host);
			if (second % 10 == 0) {
				this.client.readsOne();
			}
		}
		assertThat(this.host.isSuspended()).isFalse();
		assertThat(this.host.heard()).first().asString().startsWith("['A','error',{'code':'LIMIT'");
	}

	@Test
	void writerIsReadNoFurtherWhenMuchWaitsAndAgainWhenHalfHasLeft() {
		join();
		this.client.says("['C','pause']");
		int written = 0;
		while (!this.host.isSuspended()) {
			assertThat(this.relay.held()).isLessThanOrEqualTo(MAX_HELD);
			writes(1);
			written++;
		}
		assertThat(this.relay.held()).isBetween((long) MAX_HELD, MAX_HELD + 2_000L);
		this.client.stopsReading();
		this.client.says("['C','resume']");
		while (this.host.isSuspended()) {
			assertThat(this.relay.held()).isGreaterThan(MAX_HELD / 2);
			this.client.readsOne();
		}
		assertThat(this.relay.held()).isLessThanOrEqualTo(MAX_HELD / 2);
		this.client.readsAgain();
		assertThat(this.client.heard()).hasSize(written).allMatch((line) -> line.contains(KILO));
	}

	@Test
	void slowSocketSuspendsTheWriterToo() {
		join();
		this.client.stopsReading();
		writesUntilSuspended();
		this.client.readsAgain();
		assertThat(this.host.isSuspended()).isFalse();
	}

	@Test
	void whatWasReadAlreadyIsStillTaken() {
		join();
		this.client.says("['C','pause']");
		int written = writesUntilSuspended();
		writes(5);
		assertThat(this.host.heard()).isEmpty();
		this.client.says("['C','resume']");
		assertThat(this.client.heard()).hasSize(written + 5);
	}

	@Test
	void writerThatCannotBeSuspendedLosesThatStreamOnly() {
		join();
		this.client.opens("D", "/stream-server/client/one/r");
		this.host.takesClient("S", "B", "one");
		this.client.heard();
		this.host.heard();
		this.host.cannotBeSuspended();
		this.client.says("['C','pause']");
		writes(MAX_HELD / 1_000 + 2);
		assertThat(this.host.heard()).hasSize(3)
			.first()
			.asString()
			.startsWith("['A','error',{'code':'LIMIT',")
			.contains(TOO_SLOW);
		assertThat(this.client.heard()).hasSize(3)
			.first()
			.asString()
			.startsWith("['C','error',{'code':'LIMIT',")
			.contains(TOO_SLOW);
		assertThat(this.relay.held()).isZero();
		this.host.says("['B','data',1]");
		assertThat(this.client.heard()).containsExactly("['D','data',1]");
	}

	@Test
	void endedStreamIsNoReasonNotToRead() {
		join();
		this.client.says("['C','pause']");
		writesUntilSuspended();
		this.client.says("['C','end']", "['C','close']");
		assertThat(this.host.isSuspended()).isFalse();
		assertThat(this.relay.held()).isZero();
	}

	@Test
	void lostReaderIsNoReasonNotToRead() {
		join();
		this.client.says("['C','pause']");
		writesUntilSuspended();
		this.client.vanishes();
		assertThat(this.host.isSuspended()).isFalse();
		assertThat(this.host.heard()).containsExactly("['A','end']", "['A','close']");
	}

	@Test
	void earlyDataOfAForeignClientIsBoundedToo() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/r");
		int written = 0;
		while (!this.client.isSuspended()) {
			this.client.says("['C','data'," + KILO + "]");
			written++;
		}
		assertThat(written).isLessThan(MAX_HELD / 1_000 + 2);
		this.host.takesClient("S", "A", "one");
		assertThat(this.client.isSuspended()).isFalse();
		assertThat(this.host.heard()).hasSize(written + 1);
	}

	@Test
	void readerThatStaysPausedLosesItsStreamAndTheWriterIsReadAgain() {
		join();
		this.client.says("['C','pause']");
		writesUntilSuspended();
		this.relay.pass(Duration.ofSeconds(44), this.host, this.client);
		assertThat(this.host.isSuspended()).isTrue();
		this.relay.pass(Duration.ofSeconds(1), this.host, this.client);
		assertThat(this.host.isSuspended()).isFalse();
		assertThat(this.host.heard()).hasSize(3).first().asString().contains(TOO_SLOW);
		assertThat(this.client.heard()).hasSize(3).first().asString().contains(TOO_SLOW);
		assertThat(this.relay.held()).isZero();
	}

	private void join() {
		this.host.joins(this.client, "one");
	}

	private void writes(int messages) {
		for (int message = 0; message < messages; message++) {
			this.host.says("['A','data'," + KILO + "]");
		}
	}

	private int writesUntilSuspended() {
		int written = 0;
		while (!this.host.isSuspended()) {
			assertThat(written).isLessThan(2 * MAX_HELD / 1_000);
			writes(1);
			written++;
		}
		return written;
	}

}
