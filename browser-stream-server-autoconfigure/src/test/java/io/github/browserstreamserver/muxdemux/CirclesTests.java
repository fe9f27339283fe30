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
 * Not to read a connection must never block the very peer that must read (facts, section
 * 4.5, and the issue: host and client in one connection, or such as wait for each other).
 */
class CirclesTests {

	private static final String KILO = "'" + "x".repeat(1_000) + "'";

	private static final String TOO_SLOW = "'code':'LIMIT','library':'[stream-server]',"
			+ "'message':'the other side does not take what is written";

	private final LineRelay relay = new LineRelay(
			new MuxDemuxLimits(1_000, 100_000, 1_000_000, Duration.ofSeconds(15), Duration.ofSeconds(30)),
			LineRelay.MEMORY);

	private final LinePeer first = this.relay.peer("first");

	private final LinePeer second = this.relay.peer("second");

	private final LinePeer third = this.relay.peer("third");

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	@Test
	void pausedReaderOnTheWritersConnectionEndsTheStream() {
		join(this.first, this.first, "one");
		this.first.says("['one-C','pause']");
		for (int message = 0; message < 120; message++) {
			this.first.says("['one-A','data'," + KILO + "]");
			assertThat(this.first.isSuspended()).isFalse();
		}
		assertThat(this.first.heard())
			.anyMatch((line) -> line.startsWith("['one-A','error'") && line.contains(TOO_SLOW))
			.anyMatch((line) -> line.startsWith("['one-C','error'") && line.contains(TOO_SLOW));
		assertThat(this.relay.held()).isZero();
		this.first.opens("D", "/stream-server/client/one/r");
		assertThat(this.first.heard()).hasSize(1);
	}

	@Test
	void clientThatWaitsForItsOwnConnectionToAcceptIsNotSuspended() {
		this.first.opens("S", "/stream-server/server/one").opens("C", "/stream-server/client/one/r");
		for (int message = 0; message < 120; message++) {
			this.first.says("['C','data'," + KILO + "]");
			assertThat(this.first.isSuspended()).isFalse();
		}
		assertThat(this.first.heard()).anyMatch((line) -> line.startsWith("['C','error'") && line.contains(TOO_SLOW));
	}

	@Test
	void twoThatWaitForEachOtherAreNotBothSuspended() {
		join(this.first, this.second, "one");
		join(this.second, this.first, "two");
		this.second.says("['one-C','pause']");
		this.first.says("['two-C','pause']");
		for (int message = 0; message < 120; message++) {
			writesUnlessSuspended(this.first, "one-A");
			writesUnlessSuspended(this.second, "two-A");
			assertThat(this.first.isSuspended() && this.second.isSuspended()).isFalse();
		}
		// first is not read because second has paused; second must be heard
		assertThat(this.second.isSuspended()).isFalse();
		this.second.says("['one-C','resume']");
		assertThat(this.first.isSuspended()).isFalse();
		this.first.says("['two-C','data','works']");
	}

	@Test
	void threeInARingAreNotAllSuspended() {
		join(this.first, this.second, "one");
		join(this.second, this.third, "two");
		join(this.third, this.first, "three");
		this.second.says("['one-C','pause']");
		this.third.says("['two-C','pause']");
		this.first.says("['three-C','pause']");
		for (int message = 0; message < 120; message++) {
			writesUnlessSuspended(this.first, "one-A");
			writesUnlessSuspended(this.second, "two-A");
			writesUnlessSuspended(this.third, "three-A");
		}
		assertThat(this.third.isSuspended()).isFalse();
		this.third.says("['two-C','resume']");
		assertThat(this.second.isSuspended()).isFalse();
		this.second.says("['one-C','resume']");
		assertThat(this.first.isSuspended()).isFalse();
	}

	@Test
	void readerWhoPausesOnAnUnreadConnectionIsFoundAtTheNextLook() {
		join(this.first, this.second, "one");
		join(this.second, this.first, "two");
		// second does not take its bytes, so first is read no further; and what second
		// has
		// written is not taken either, but first has not said that it pauses
		this.second.stopsReading();
		this.first.stopsReading();
		for (int message = 0; message < 240; message++) {
			writesUnlessSuspended(this.first, "one-A");
			writesUnlessSuspended(this.second, "two-A");
		}
		assertThat(this.first.isSuspended()).isTrue();
		assertThat(this.second.isSuspended()).isTrue();
		this.first.says("['two-C','pause']");
		this.second.says("['one-C','pause']");
		this.relay.pass(Duration.ofSeconds(1), this.first, this.second);
		assertThat(this.first.isSuspended() && this.second.isSuspended()).isFalse();
	}

	@Test
	void twoThatReadNothingAreReadAgainInTheEnd() {
		join(this.first, this.second, "one");
		join(this.second, this.first, "two");
		this.second.stopsReading();
		this.first.stopsReading();
		for (int message = 0; message < 240; message++) {
			writesUnlessSuspended(this.first, "one-A");
			writesUnlessSuspended(this.second, "two-A");
		}
		this.relay.pass(Duration.ofSeconds(45), this.first, this.second);
		assertThat(this.first.isSuspended()).isFalse();
		assertThat(this.second.isSuspended()).isFalse();
	}

	@Test
	void readerWhoIsUnreadForAnothersSakeIsWaitedFor() {
		join(this.first, this.second, "one");
		join(this.second, this.third, "two");
		this.second.says("['one-C','pause']");
		this.third.says("['two-C','pause']");
		for (int message = 0; message < 120; message++) {
			writesUnlessSuspended(this.second, "two-A");
		}
		for (int message = 0; message < 120; message++) {
			writesUnlessSuspended(this.first, "one-A");
		}
		assertThat(this.first.isSuspended()).isTrue();
		assertThat(this.second.isSuspended()).isTrue();
		this.third.says("['two-C','resume']");
		this.second.says("['one-C','resume']");
		assertThat(this.first.isSuspended()).isFalse();
		assertThat(this.second.heard()).noneMatch((line) -> line.contains("error"));
	}

	private static void join(LinePeer host, LinePeer client, String name) {
		host.opens(name + "-S", "/stream-server/server/" + name);
		client.opens(name + "-C", "/stream-server/client/" + name + "/r");
		host.takesClient(name + "-S", name + "-A", name);
		host.heard();
		client.heard();
	}

	private static void writesUnlessSuspended(LinePeer peer, String id) {
		if (!peer.isSuspended()) {
			peer.says("['" + id + "','data'," + KILO + "]");
		}
	}

}
