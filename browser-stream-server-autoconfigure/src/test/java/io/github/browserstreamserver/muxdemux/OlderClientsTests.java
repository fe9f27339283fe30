/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The clients of all versions (facts, section 7, each row), told apart as it says, and
 * joined with each other.
 */
class OlderClientsTests {

	private static final String UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";

	private static final String RACK = "cd4bb0e40a263703066e40a0e165ece4";

	private final LineRelay relay = new LineRelay();

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	@Test
	void versions001To031AreToldOfNoOpen() {
		this.host.opens("S", "/browser-server/server/one");
		this.client.opens("C", "/browser-server/client/one/" + UUID);
		acceptsInTheOldWay();
		assertThat(this.host.heard()).isEmpty();
		assertThat(this.client.heard()).isEmpty();
		this.host.says("['A','data','from server']");
		this.client.says("['C','data','from client']");
		assertThat(this.client.heard()).containsExactly("['C','data','from server']");
		assertThat(this.host.heard()).containsExactly("['A','data','from client']");
	}

	@Test
	void earlyDataOfVersions001To031IsKeptAndRelayed() {
		this.host.opens("S", "/browser-server/server/one");
		this.client.opens("C", "/browser-server/client/one/" + UUID).says("['C','data','early']", "['C','data',2]");
		acceptsInTheOldWay();
		assertThat(this.host.heard()).containsExactly("['A','data','early']", "['A','data',2]");
		assertThat(this.client.heard()).isEmpty();
	}

	@Test
	void version040HasAnOpenForTheClientOnly() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/" + RACK);
		acceptsInTheOldWay();
		assertThat(this.client.heard()).containsExactly("['C','data','[stream-server]:open']");
		assertThat(this.host.heard()).isEmpty();
	}

	@Test
	void version050HasAnOpenForBoth() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/" + RACK);
		this.host.takesClient("S", "A", "one");
		assertThat(this.client.heard()).containsExactly("['C','data','[stream-server]:open']");
		assertThat(this.host.heard()).containsExactly("['A','data','[stream-server]:open']");
	}

	@Test
	void oldClientAndNewHost() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/browser-server/client/one/" + UUID).says("['C','data','early']");
		this.host.takesClient("S", "A", "one");
		assertThat(this.host.heard()).containsExactly("['A','data','[stream-server]:open']", "['A','data','early']");
		assertThat(this.client.heard()).isEmpty();
	}

	@Test
	void oldClientOfAMissingServerIsEnded() {
		this.client.opens("C", "/browser-server/client/nobody/" + UUID);
		assertThat(this.client.heard()).endsWith("['C','end']", "['C','close']");
	}

	@Test
	void bothPrefixesAreOneProxy() {
		this.host.opens("S", "/browser-server/server/one");
		this.client.opens("C", "/stream-server/client/one/" + RACK);
		this.host.takesClient("S", "A", "one");
		assertThat(this.client.heard()).containsExactly("['C','data','[stream-server]:open']");
	}

	private void acceptsInTheOldWay() {
		String uniqueId = this.host.announced("S").get(0);
		this.host.opens("A", "/browser-server/server/one/client/" + uniqueId);
	}

}
