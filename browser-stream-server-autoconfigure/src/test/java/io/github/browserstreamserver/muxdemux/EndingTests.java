/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How streams end (facts, sections 4.1, 4.2 and 4.3, and what section 2 says of end and
 * close: no half-close).
 */
class EndingTests {

	private final LineRelay relay = new LineRelay();

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

	@BeforeEach
	void join() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/rack1");
		this.host.takesClient("S", "A", "one");
		this.client.opens("D", "/stream-server/client/one/rack1");
		this.host.takesClient("S", "B", "one");
		this.client.heard();
		this.host.heard();
	}

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	// --- 4.1

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whoeverEndsEndsTheStreamOnBothSidesAndTouchesNoOther(boolean byClient) {
		LinePeer ending = byClient ? this.client : this.host;
		LinePeer other = byClient ? this.host : this.client;
		String id = byClient ? "C" : "A";
		String otherId = byClient ? "A" : "C";
		ending.says("['" + id + "','data','last']", "['" + id + "','end']", "['" + id + "','close']");
		assertThat(other.heard()).containsExactly("['" + otherId + "','data','last']", "['" + otherId + "','end']",
				"['" + otherId + "','close']");
		assertThat(ending.heard()).containsExactly("['" + id + "','end']", "['" + id + "','close']");
		other.says("['" + otherId + "','end']", "['" + otherId + "','close']");
		assertThat(ending.heard()).isEmpty();
		assertThat(other.heard()).isEmpty();
		assertOtherStreamWorks();
		assertThat(this.relay.registry.find("one").orElseThrow().streams()).isEqualTo(1);
	}

	@Test
	void plainMuxDemuxAnswersWithCloseOnly() {
		this.client.says("['C','end']", "['C','close']");
		this.host.heard();
		this.host.says("['A','close']");
		assertThat(this.host.heard()).isEmpty();
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
	}

	@Test
	void whatTheOtherSideWroteBeforeItHeardOfTheEndIsDropped() {
		this.client.says("['C','end']", "['C','close']");
		this.client.heard();
		this.host.says("['A','data','too late']", "['A','end']", "['A','close']");
		assertThat(this.client.heard()).isEmpty();
		assertOtherStreamWorks();
	}

	@Test
	void dataBehindTheEndIsDropped() {
		this.client.says("['C','end']", "['C','data','no']", "['C','close']", "['C','data','no']");
		assertThat(this.host.heard()).containsExactly("['A','end']", "['A','close']");
	}

	@Test
	void secondEndAndSecondCloseAreSilent() {
		this.client.says("['C','end']", "['C','end']", "['C','close']", "['C','close']", "['C','end']");
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
		assertThat(this.host.heard()).containsExactly("['A','end']", "['A','close']");
	}

	@Test
	void endWithoutACloseIsAnEndOfBoth() {
		this.client.says("['C','end']");
		assertThat(this.host.heard()).containsExactly("['A','end']", "['A','close']");
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
	}

	@Test
	void closeWithoutAnEndIsAnsweredAndEndsTheOtherSide() {
		this.client.says("['C','data',1]", "['C','close']");
		assertThat(this.client.heard()).containsExactly("['C','close']");
		assertThat(this.host.heard()).containsExactly("['A','data',1]", "['A','end']", "['A','close']");
		assertOtherStreamWorks();
	}

	@Test
	void bothMayEndAtOnce() {
		this.host.stopsReading();
		this.client.stopsReading();
		this.client.says("['C','data',1]", "['C','end']", "['C','close']");
		this.host.says("['A','data',2]", "['A','end']", "['A','close']");
		this.client.readsAgain();
		this.host.readsAgain();
		assertThat(this.client.heard()).endsWith("['C','end']", "['C','close']");
		assertThat(this.host.heard()).endsWith("['A','end']", "['A','close']");
		assertOtherStreamWorks();
	}

	// --- section 2: unknown ids, unknown events

	@Test
	void linesForUnknownIdsAreIgnored() {
		this.client.says("['X','close']", "['X','data',1]", "['X','end']", "['X','pause']", "['X','resume']",
				"['X','error','e']", "['X','whatever']");
		assertThat(this.client.heard()).isEmpty();
		assertOtherStreamWorks();
	}

	@Test
	void unknownEventsAreIgnored() {
		this.client.says("['C','whatever',1]", "['C','']", "['C','drain']", "['C','newListener',1]", "['C','END']");
		assertThat(this.client.heard()).isEmpty();
		assertThat(this.host.heard()).isEmpty();
		assertOtherStreamWorks();
	}

	// --- 4.2

	@Test
	void hostThatEndsItsServerEndsAllItsStreamsAndHearsOnlyClose() {
		this.client.says("['C','data','before']");
		this.host.says("['A','data','goodbye']", "['S','end']", "['S','close']");
		assertThat(this.client.heard()).containsExactlyInAnyOrder("['C','data','goodbye']", "['C','end']",
				"['C','close']", "['D','end']", "['D','close']");
		List<String> heard = this.host.heard();
		assertThat(heard).containsExactlyInAnyOrder("['A','data','before']", "['A','end']", "['A','close']",
				"['B','end']", "['B','close']", "['S','close']");
		assertThat(this.relay.events).containsExactly("created one", "destroyed one");
		this.host.says("['A','close']", "['B','close']");
		this.client.says("['C','close']", "['D','close']");
		assertThat(this.host.heard()).isEmpty();
		assertThat(this.client.heard()).isEmpty();
	}

	@Test
	void nameIsFreeAsSoonAsEndWasRead() {
		LinePeer next = this.relay.peer("next");
		this.host.stopsReading();
		this.host.says("['S','end']");
		next.opens("S", "/stream-server/server/one");
		assertThat(next.heard()).isEmpty();
		assertThat(this.relay.events).containsExactly("created one", "destroyed one", "created one");
		this.host.says("['S','close']");
		this.host.readsAgain();
		assertThat(this.relay.registry.names()).containsExactly("one");
		this.client.opens("E", "/stream-server/client/one/r");
		assertThat(next.heard()).hasSize(1);
	}

	@Test
	void serverThatIsClosedWithoutAnEndIsFreeToo() {
		this.host.says("['S','close']");
		assertThat(this.host.heard()).contains("['S','close']").doesNotContain("['S','end']");
		assertThat(this.client.heard()).contains("['C','end']", "['C','close']", "['D','end']", "['D','close']");
		assertThat(this.relay.events).containsExactly("created one", "destroyed one");
	}

	@Test
	void hostMayListenAgainOnTheSameConnection() {
		this.host.says("['S','end']", "['S','close']");
		this.host.heard();
		this.host.opens("T", "/stream-server/server/one");
		this.client.opens("E", "/stream-server/client/one/r");
		this.host.takesClient("T", "F", "one");
		assertThat(this.client.heard()).endsWith("['E','data','[stream-server]:open']");
	}

	@Test
	void clientThatIsNotAcceptedYetEndsWithTheServer() {
		this.client.opens("E", "/stream-server/client/one/r").says("['E','data','early']");
		this.host.says("['S','end']", "['S','close']");
		assertThat(this.client.heard()).contains("['E','end']", "['E','close']")
			.noneMatch((line) -> line.contains("error"));
	}

	// --- 4.3

	@Test
	void lostHostEndsItsClientsAndFreesItsName() {
		this.host.says("['A','data','last']");
		this.host.vanishes();
		assertThat(this.client.heard()).containsExactlyInAnyOrder("['C','data','last']", "['C','end']", "['C','close']",
				"['D','end']", "['D','close']");
		assertThat(this.relay.events).containsExactly("created one", "destroyed one");
		this.client.says("['C','data','to nobody']", "['C','close']");
		assertThat(this.client.heard()).isEmpty();
	}

	@Test
	void lostClientEndsItsStreamsAtTheHost() {
		this.client.says("['C','data','last']");
		this.client.vanishes();
		assertThat(this.host.heard()).containsExactlyInAnyOrder("['A','data','last']", "['A','end']", "['A','close']",
				"['B','end']", "['B','close']");
		assertThat(this.relay.registry.names()).containsExactly("one");
		assertThat(this.relay.registry.find("one").orElseThrow().streams()).isZero();
	}

	private void assertOtherStreamWorks() {
		this.host.heard();
		this.client.heard();
		this.client.says("['D','data',1]");
		this.host.says("['B','data',2]");
		assertThat(this.host.heard()).containsExactly("['B','data',1]");
		assertThat(this.client.heard()).containsExactly("['D','data',2]");
	}

}
