/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a client and a host are brought together (section 3 of the facts).
 */
class DanceTests {

	private final LineRelay relay = new LineRelay();

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	@Test
	void clientAndHostAreJoinedByTheUniqueId() {
		this.host.opens("S", "/stream-server/server/one");
		assertThat(this.host.heard()).isEmpty();
		assertThat(this.relay.events).containsExactly("created one");
		this.client.opens("C", "/stream-server/client/one/rack1");
		String uniqueId = this.host.takesClient("S", "A", "one");
		assertThat(uniqueId).matches("[0-9a-f]{32}");
		assertThat(this.client.heard()).containsExactly("['C','data','[stream-server]:open']");
		assertThat(this.host.heard()).containsExactly("['A','data','[stream-server]:open']");
		this.host.says("['A','data','from server']");
		this.client.says("['C','data','from client']");
		assertThat(this.client.heard()).containsExactly("['C','data','from server']");
		assertThat(this.host.heard()).containsExactly("['A','data','from client']");
	}

	@Test
	void clientThatEndsEndsTheHostsStream() {
		joined();
		this.client.says("['C','data',1]", "['C','end']", "['C','close']");
		assertThat(this.host.heard()).containsExactly("['A','data',1]", "['A','end']", "['A','close']");
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
		this.host.says("['A','end']", "['A','close']");
		assertThat(this.relay.held()).isZero();
		assertThat(this.relay.registry.find("one").orElseThrow().streams()).isZero();
	}

	@Test
	void hostThatEndsItsServerEndsAllStreams() {
		joined();
		this.host.says("['S','end']", "['S','close']");
		assertThat(this.host.heard()).containsExactlyInAnyOrder("['A','end']", "['A','close']", "['S','close']");
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
		assertThat(this.relay.events).containsExactly("created one", "destroyed one");
	}

	@Test
	void lostHostEndsItsClientsWithoutAnError() {
		joined();
		this.host.vanishes();
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
		assertThat(this.relay.registry.names()).isEmpty();
	}

	@Test
	void onlyTheFirstOpenMessageIsTheRelaysOwn() {
		joined();
		this.host.says("['A','data','[stream-server]:open']");
		this.client.says("['C','data','[stream-server]:open']", "['C','data','x']");
		assertThat(this.client.heard()).containsExactly("['C','data','[stream-server]:open']");
		assertThat(this.host.heard()).containsExactly("['A','data','[stream-server]:open']", "['A','data','x']");
	}

	@Test
	void listenIsNotAcknowledgedAndTheHostWritesNothingOnIt() {
		this.host.opens("S", "/stream-server/server/one").says("['S','data','what for']", "['S','data']");
		assertThat(this.host.heard()).isEmpty();
		assertThat(this.relay.registry.names()).containsExactly("one");
	}

	@Test
	void dataBeforeTheAcceptFollowsTheOpenMessageInOrder() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/rack1").says("['C','data','early']", "['C','data',[2]]");
		assertThat(this.client.heard()).isEmpty();
		this.host.takesClient("S", "A", "one");
		this.client.says("['C','data',3]");
		assertThat(this.host.heard()).containsExactly("['A','data','[stream-server]:open']", "['A','data','early']",
				"['A','data',[2]]", "['A','data',3]");
	}

	@Test
	void messagesOfEveryKindKeepTheirEdgesAndOrderBothWays() {
		joined();
		String[] values = { "''", "'text'", "null", "0", "-1.50e3", "true", "{'a':[1,{}]}", "[]", "'\u20ac'",
				"[[ 1 ]]" };
		for (String value : values) {
			this.client.says("['C','data'," + value + "]");
			this.host.says("['A','data'," + value + "]");
		}
		assertThat(this.host.heard()).containsExactlyElementsOf(lines("A", values));
		assertThat(this.client.heard()).containsExactlyElementsOf(lines("C", values));
		this.client.says("['C','data']");
		assertThat(this.host.heard()).containsExactly("['A','data',null]");
	}

	@Test
	void clientsOfOneServerAreKeptApart() {
		LinePeer other = this.relay.peer("other");
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("X", "/stream-server/client/one/rack1");
		String first = this.host.takesClient("S", "A1", "one");
		other.opens("X", "/stream-server/client/one/rack1");
		String second = this.host.takesClient("S", "A2", "one");
		this.client.opens("Y", "/stream-server/client/one/rack1");
		String third = this.host.takesClient("S", "A3", "one");
		assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
		this.host.heard();
		this.client.heard();
		other.heard();
		this.client.says("['X','data',1]", "['Y','data',3]");
		other.says("['X','data',2]");
		assertThat(this.host.heard()).containsExactly("['A1','data',1]", "['A3','data',3]", "['A2','data',2]");
		this.host.says("['A2','data','to other']", "['A2','end']", "['A2','close']", "['A3','data','to Y']");
		assertThat(other.heard()).containsExactly("['X','data','to other']", "['X','end']", "['X','close']");
		assertThat(this.client.heard()).containsExactly("['Y','data','to Y']");
	}

	@Test
	void clientsThatCameTogetherAreAnnouncedInOrderAndAcceptedInAny() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("X", "/stream-server/client/one/r").opens("Y", "/stream-server/client/one/r");
		List<String> ids = this.host.announced("S");
		this.host.opens("B", "/stream-server/server/one/client/" + ids.get(1) + "/r");
		assertThat(this.client.heard()).containsExactly("['Y','data','[stream-server]:open']");
		this.host.opens("A", "/stream-server/server/one/client/" + ids.get(0) + "/r");
		assertThat(this.client.heard()).containsExactly("['X','data','[stream-server]:open']");
	}

	@Test
	void idCanBeUsedAgainWhenItsStreamIsClosed() {
		joined();
		this.client.says("['C','end']", "['C','close']");
		this.client.heard();
		this.host.says("['A','close']");
		this.host.heard();
		this.client.opens("C", "/stream-server/client/one/rack1");
		this.host.takesClient("S", "A", "one");
		this.client.says("['C','data','again']");
		assertThat(this.client.heard()).containsExactly("['C','data','[stream-server]:open']");
		assertThat(this.host.heard()).containsExactly("['A','data','[stream-server]:open']", "['A','data','again']");
	}

	@Test
	void secondNewForAnOpenIdIsIgnored() {
		joined();
		this.client.opens("C", "/stream-server/client/nobody/rack1").says("['C','data',1]");
		assertThat(this.client.heard()).isEmpty();
		assertThat(this.host.heard()).containsExactly("['A','data',1]");
	}

	@Test
	void hostAndClientCanShareAConnection() {
		this.host.opens("S", "/stream-server/server/one").opens("C", "/stream-server/client/one/r");
		this.host.takesClient("S", "A", "one");
		assertThat(this.host.heard()).containsExactlyInAnyOrder("['C','data','[stream-server]:open']",
				"['A','data','[stream-server]:open']");
		this.host.says("['C','data',1]", "['A','data',2]", "['A','end']", "['A','close']");
		assertThat(this.host.heard()).containsSubsequence("['A','data',1]", "['C','data',2]", "['C','end']",
				"['C','close']");
	}

	@Test
	void hostHearsOfNobodyBeforeTheApplicationWasToldOfIt() {
		this.relay.holdAnnouncements();
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/r");
		assertThat(this.host.heard()).isEmpty();
		this.relay.announce();
		assertThat(this.relay.events).containsExactly("created one");
		assertThat(this.host.heard()).hasSize(1);
	}

	private static List<String> lines(String id, String[] values) {
		return java.util.Arrays.stream(values).map((value) -> "['" + id + "','data'," + value + "]").toList();
	}

	private void joined() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/rack1");
		this.host.takesClient("S", "A", "one");
		this.client.heard();
		this.host.heard();
	}

}
