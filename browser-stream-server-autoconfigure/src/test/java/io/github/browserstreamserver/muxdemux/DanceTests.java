/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a client and a host are brought together (section 3 of the facts).
 */
class DanceTests {

	private final LineRelay relay = new LineRelay();

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

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
		assertThat(this.relay.budget.reserved()).isZero();
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

	private void joined() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/rack1");
		this.host.takesClient("S", "A", "one");
		this.client.heard();
		this.host.heard();
	}

}
