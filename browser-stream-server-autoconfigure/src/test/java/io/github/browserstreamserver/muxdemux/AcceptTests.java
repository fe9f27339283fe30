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
 * Accept streams that should not be (facts, sections 3 and 4.4, and the bad input of the
 * issue): by the wrong one, for the wrong one, twice, too late or never.
 */
class AcceptTests {

	private static final String NO_CLIENT = "['%s','error',{'code':'500','library':'[stream-server]',"
			+ "'message':'cannot open client-server connection','details':'%s'}]";

	private static final String NO_SERVER = "['%s','error',{'code':'500','library':'[stream-server]',"
			+ "'message':'cannot open client-server connection, server doesnot exist','details':'%s'}]";

	private final LineRelay relay = new LineRelay(
			new MuxDemuxLimits(5, 1_048_576, 1_000_000, Duration.ofSeconds(15), Duration.ofSeconds(30)),
			LineRelay.MEMORY);

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

	private final LinePeer stranger = this.relay.peer("stranger");

	private String uniqueId;

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	@Test
	void secondAcceptIsAnErrorAndTheFirstGoesOn() {
		invited();
		accept(this.host, "A", "one", this.uniqueId);
		accept(this.host, "B", "one", this.uniqueId);
		assertThat(this.host.heard()).containsExactlyInAnyOrder("['A','data','[stream-server]:open']",
				NO_CLIENT.formatted("B", this.uniqueId), "['B','end']", "['B','close']");
		assertThat(this.client.heard()).containsExactly("['C','data','[stream-server]:open']");
		this.client.says("['C','data',1]");
		assertThat(this.host.heard()).containsExactly("['A','data',1]");
	}

	@Test
	void strangerCannotAcceptAClientOfTheHost() {
		invited();
		accept(this.stranger, "A", "one", this.uniqueId);
		assertThat(this.stranger.heard()).containsExactly(NO_CLIENT.formatted("A", this.uniqueId), "['A','end']",
				"['A','close']");
		assertThat(this.client.heard()).isEmpty();
		accept(this.host, "A", "one", this.uniqueId);
		assertThat(this.client.heard()).containsExactly("['C','data','[stream-server]:open']");
	}

	@Test
	void acceptWithAnotherNameIsAnErrorAndTheClientStillWaits() {
		invited();
		this.host.opens("T", "/stream-server/server/two");
		accept(this.host, "A", "two", this.uniqueId);
		accept(this.host, "B", "three", this.uniqueId);
		assertThat(this.host.heard()).containsExactly(NO_CLIENT.formatted("A", this.uniqueId), "['A','end']",
				"['A','close']", NO_SERVER.formatted("B", "three"), "['B','end']", "['B','close']");
		accept(this.host, "D", "one", this.uniqueId);
		assertThat(this.client.heard()).containsExactly("['C','data','[stream-server]:open']");
	}

	@Test
	void clientThatEndsBeforeTheAcceptIsTakenOffTheList() {
		invited();
		this.client.says("['C','end']", "['C','close']");
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
		assertAcceptComesTooLate();
	}

	@Test
	void clientThatClosesBeforeTheAcceptIsTakenOffTheList() {
		invited();
		this.client.says("['C','close']");
		assertThat(this.client.heard()).containsExactly("['C','close']");
		assertAcceptComesTooLate();
	}

	@Test
	void clientThatIsLostBeforeTheAcceptIsTakenOffTheList() {
		invited();
		this.client.says("['C','data','early']");
		this.client.vanishes();
		assertAcceptComesTooLate();
	}

	@Test
	void clientThatEndsBeforeItIsAnnouncedIsNotAnnounced() {
		this.relay.holdAnnouncements();
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/r").says("['C','end']", "['C','close']");
		this.relay.announce();
		assertThat(this.host.heard()).isEmpty();
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
	}

	@Test
	void earlyDataOfAClientThatEndsBeforeItIsAnnouncedIsGivenBack() {
		this.relay.holdAnnouncements();
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/r").says("['C','data',1]", "['C','end']", "['C','close']");
		this.relay.announce();
		assertThat(this.relay.held()).isZero();
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
	}

	@Test
	void clientThatEndsWhileTheHostDoesNotReadIsNotAnnounced() {
		this.host.opens("S", "/stream-server/server/one");
		this.host.stopsReading();
		this.client.opens("B", "/stream-server/client/one/r");
		this.client.opens("C", "/stream-server/client/one/r").says("['C','end']", "['C','close']");
		this.host.readsAgain();
		assertThat(this.host.heard()).hasSize(1);
	}

	@Test
	void whatAForeignClientSaidBeforeItEndedStillArrives() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/r")
			.says("['C','data','last words']", "['C','end']", "['C','close']");
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
		this.host.takesClient("S", "A", "one");
		assertThat(this.host.heard()).containsExactly("['A','data','[stream-server]:open']",
				"['A','data','last words']", "['A','end']", "['A','close']");
		assertThat(this.client.heard()).isEmpty();
	}

	@Test
	void acceptOfAServerThatEndedIsAnError() {
		invited();
		this.host.says("['S','end']", "['S','close']");
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
		this.host.heard();
		accept(this.host, "A", "one", this.uniqueId);
		assertThat(this.host.heard()).containsExactly(NO_SERVER.formatted("A", "one"), "['A','end']", "['A','close']");
	}

	@Test
	void hostThatNeverAcceptsFailsItsClientInTheEnd() {
		invited();
		this.relay.pass(Duration.ofSeconds(29), this.host, this.client);
		assertThat(this.client.heard()).isEmpty();
		this.relay.pass(Duration.ofSeconds(1), this.host, this.client);
		assertThat(this.client.heard()).containsExactly(
				"['C','error',{'code':'TIMEOUT','library':'[stream-server]',"
						+ "'message':'the host did not accept the stream in time','details':'one'}]",
				"['C','end']", "['C','close']");
		assertAcceptComesTooLate();
	}

	@Test
	void manyOpensWithoutAnAcceptAreErrorsForTheseStreamsOnly() {
		this.host.opens("S", "/stream-server/server/one");
		for (int index = 0; index < 4; index++) {
			this.relay.peer("client").opens("C", "/stream-server/client/one/r");
		}
		assertThat(this.host.heard()).hasSize(4);
		this.client.opens("C", "/stream-server/client/one/r");
		assertThat(this.host.heard()).isEmpty();
		assertThat(this.client.heard()).containsExactly(
				"['C','error',{'code':'LIMIT','library':'[stream-server]',"
						+ "'message':'there is no room for another stream of the host','details':'one'}]",
				"['C','end']", "['C','close']");
		assertThat(this.host.closed()).isNull();
		this.relay.pass(Duration.ofSeconds(30), this.host);
		this.client.opens("C", "/stream-server/client/one/r");
		this.host.takesClient("S", "A", "one");
		assertThat(this.client.heard()).containsExactly("['C','data','[stream-server]:open']");
	}

	@Test
	void clientHasItsOwnLimit() {
		this.host.opens("S", "/stream-server/server/one");
		for (int index = 0; index < 7; index++) {
			this.stranger.opens("N" + index, "/stream-server/server/name" + index);
		}
		assertThat(this.relay.registry.names()).hasSize(6);
		assertThat(this.stranger.heard()).hasSize(6)
			.first()
			.isEqualTo("['N5','error',{'code':'LIMIT','library':'[stream-server]',"
					+ "'message':'more streams than one connection may have (5, stream.max-per-connection), or no memory left for another','details':'name5'}]");
		this.stranger.says("['N0','end']", "['N0','close']").opens("N5", "/stream-server/server/name5");
		assertThat(this.relay.registry.names()).contains("name5").doesNotContain("name0");
	}

	private void invited() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/r");
		this.uniqueId = this.host.announced("S").get(0);
	}

	private void assertAcceptComesTooLate() {
		accept(this.host, "A", "one", this.uniqueId);
		assertThat(this.host.heard()).containsExactly(NO_CLIENT.formatted("A", this.uniqueId), "['A','end']",
				"['A','close']");
		assertThat(this.relay.registry.find("one").orElseThrow().streams()).isZero();
	}

	private static void accept(LinePeer peer, String id, String name, String client) {
		peer.opens(id, "/stream-server/server/" + name + "/client/" + client + "/rack2");
	}

}
