/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients with boot that come back (facts, section 5): they open each stream again with a
 * new id and the same meta, also such as are long gone.
 */
class ReconnectingTests {

	private static final String TAKEN = "['%s','error',{'code':'500','library':'[stream-server]',"
			+ "'message':'server already exists','details':'one'}]";

	private final LineRelay relay = new LineRelay();

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

	private String uniqueId;

	@BeforeEach
	void join() {
		this.uniqueId = this.host.joins(this.client, "one");
	}

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	@Test
	void hostThatWasLostGetsItsNameBack() {
		this.host.vanishes();
		LinePeer again = this.relay.peer("host again");
		again.opens("S2", "/stream-server/server/one");
		assertThat(again.heard()).isEmpty();
		assertThat(this.relay.events).containsExactly("created one", "destroyed one", "created one");
		this.client.heard();
		this.client.opens("C2", "/stream-server/client/one/rack1b");
		again.takesClient("S2", "A2", "one");
		assertThat(this.client.heard()).containsExactly("['C2','data','[stream-server]:open']");
	}

	@Test
	void hostWhoseOldConnectionIsNotKnownToBeLostHasLostTheName() {
		LinePeer again = this.relay.peer("host again");
		again.opens("S2", "/stream-server/server/one");
		assertThat(again.heard()).containsExactly(TAKEN.formatted("S2"), "['S2','end']", "['S2','close']");
		this.host.vanishes();
		again.opens("S3", "/stream-server/server/one");
		assertThat(again.heard()).isEmpty();
	}

	@Test
	void staleAcceptGetsTheErrorAndTheNameStillComesBack() {
		this.host.vanishes();
		LinePeer again = this.relay.peer("host again");
		again.opens("A2", "/stream-server/server/one/client/" + this.uniqueId + "/rack2");
		again.opens("S2", "/stream-server/server/one");
		again.opens("A3", "/stream-server/server/one/client/" + this.uniqueId + "/rack2");
		assertThat(again.heard()).containsExactly(
				"['A2','error',{'code':'500','library':'[stream-server]',"
						+ "'message':'cannot open client-server connection, server doesnot exist','details':'one'}]",
				"['A2','end']", "['A2','close']",
				"['A3','error',{'code':'500','library':'[stream-server]',"
						+ "'message':'cannot open client-server connection','details':'" + this.uniqueId + "'}]",
				"['A3','end']", "['A3','close']");
		assertThat(this.relay.registry.names()).containsExactly("one");
	}

	@Test
	void clientThatComesBackIsASecondStreamForTheHost() {
		this.client.vanishes();
		assertThat(this.host.heard()).containsExactly("['A','end']", "['A','close']");
		LinePeer again = this.relay.peer("client again");
		again.opens("C2", "/stream-server/client/one/rack1").says("['C2','data','held meanwhile']");
		String next = this.host.takesClient("S", "A2", "one");
		assertThat(next).isNotEqualTo(this.uniqueId);
		assertThat(again.heard()).containsExactly("['C2','data','[stream-server]:open']");
		assertThat(this.host.heard()).containsExactly("['A2','data','[stream-server]:open']",
				"['A2','data','held meanwhile']");
	}

	@Test
	void clientThatComesBackBeforeTheOldConnectionIsLostIsServedToo() {
		LinePeer again = this.relay.peer("client again");
		again.opens("C2", "/stream-server/client/one/rack1");
		this.host.takesClient("S", "A2", "one");
		this.client.vanishes();
		this.host.says("['A2','data',1]");
		assertThat(again.heard()).containsExactly("['C2','data','[stream-server]:open']", "['C2','data',1]");
	}

	@Test
	void everythingAtOnceInAnyOrderBringsTheNameBack() {
		this.host.vanishes();
		LinePeer again = this.relay.peer("host again");
		again.saysText("[\"C9\",\"new\",{\"meta\":\"/stream-server/client/one/r\"}]\n"
				+ "[\"A9\",\"new\",{\"meta\":\"/stream-server/server/one/client/" + this.uniqueId + "/r\"}]\n"
				+ "[\"S9\",\"new\",{\"meta\":\"/stream-server/server/one\"}]\n[\"A9\",\"data\",\"held\"]\n");
		assertThat(again.heard()).contains("['C9','close']", "['A9','close']")
			.noneMatch((line) -> line.startsWith("['S9'"));
		assertThat(this.relay.registry.names()).containsExactly("one");
	}

}
