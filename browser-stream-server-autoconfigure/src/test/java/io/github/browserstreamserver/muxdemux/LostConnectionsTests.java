/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.time.Duration;
import java.util.stream.Collectors;

import io.github.browserstreamserver.binary.ScriptedPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that end in the middle of everything (facts, section 4.3), and how lines
 * are sent (section 2). That all is given back, {@link LineRelay#everybodyGoes()} sees.
 */
class LostConnectionsTests {

	private static final String LARGE = "'" + "\u20ac".repeat(100_000) + "'";

	private final LineRelay relay = new LineRelay();

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

	@BeforeEach
	void join() {
		this.host.joins(this.client, "one");
		this.client.heardMessages();
	}

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	@Test
	void messageOfTheRelayNeverHasTwoLinesAndLongLinesAreCutBetweenCharacters() {
		this.client.stopsReading();
		for (int message = 0; message < 5; message++) {
			this.host.says("['A','data'," + message + "]");
		}
		this.host.says("['A','data'," + LARGE + "]");
		this.client.readsAgain();
		assertThat(this.client.heardMessages()).hasSizeGreaterThan(9)
			.allSatisfy((message) -> assertThat(message.indexOf('\n')).isIn(-1, message.length() - 1))
			.noneMatch((message) -> message.contains("\ufffd"));
		assertThat(this.client.heard()).hasSize(6).last().isEqualTo("['C','data'," + LARGE + "]");
	}

	@Test
	void readerIsLostInTheMiddleOfALine() {
		this.client.stopsReading();
		this.host.says("['A','data'," + LARGE + "]", "['A','data'," + LARGE + "]", "['A','data',1]");
		this.client.vanishes();
		assertThat(this.relay.held()).isZero();
		assertThat(this.host.heard()).containsExactly("['A','end']", "['A','close']");
		this.client.readsAgain();
	}

	@Test
	void writerIsLostWhileItsLinesAreOnTheirWay() {
		this.client.stopsReading();
		this.host.says("['A','data'," + LARGE + "]", "['A','data',1]");
		this.host.vanishes();
		assertThat(this.relay.held()).isPositive();
		this.client.readsAgain();
		assertThat(this.client.heard()).containsExactly("['C','data'," + LARGE + "]", "['C','data',1]", "['C','end']",
				"['C','close']");
		assertThat(this.relay.held()).isZero();
	}

	@Test
	void writerIsLostInTheMiddleOfALine() {
		this.host.saysText("[\"A\",\"data\",\"half");
		this.host.vanishes();
		assertThat(this.client.heard()).containsExactly("['C','end']", "['C','close']");
		assertThat(this.relay.held()).isZero();
	}

	@Test
	void clientIsLostWithEarlyDataWaiting() {
		this.client.opens("D", "/stream-server/client/one/r").says("['D','data'," + LARGE + "]");
		assertThat(this.relay.held()).isPositive();
		this.client.vanishes();
		assertThat(this.relay.held()).isZero();
	}

	@Test
	void hostIsLostWithEarlyDataWaiting() {
		this.client.opens("D", "/stream-server/client/one/r").says("['D','data'," + LARGE + "]");
		this.host.vanishes();
		assertThat(this.client.heard()).contains("['D','end']", "['D','close']");
		assertThat(this.relay.held()).isZero();
	}

	@Test
	void binaryPeerIsLostInTheMiddleOfItsMessages() {
		ScriptedPeer modern = this.relay.binaryPeer("modern");
		modern.connectTo(1, "one");
		this.host.takesClient("S", "B", "one");
		this.host.says("['B','pause']");
		modern.text(1, "whole").data(1, 0x05, new byte[5_000]).data(1, 0x04, new byte[5_000]);
		modern.disconnect();
		this.host.heard();
		this.host.says("['B','resume']");
		assertThat(this.host.heard()).endsWith("['B','data','whole']", "['B','end']", "['B','close']");
		assertThat(this.relay.held()).isZero();
	}

	@Test
	void failedWriteEndsTheConnection() {
		this.client.failsToWrite();
		this.host.says("['A','data',1]");
		assertThat(this.client.closed()).startsWith("1011");
		assertThat(this.host.heard()).containsExactly("['A','end']", "['A','close']");
	}

	@Test
	void peerThatDoesNotReadIsClosedAllTheSame() {
		this.client.stopsReading();
		this.host.says("['A','data',1]");
		this.client.saysText("rubbish\n");
		assertThat(this.client.closed()).isNull();
		assertThat(this.host.heard()).containsExactly("['A','end']", "['A','close']");
		this.relay.pass(Duration.ofSeconds(2), this.client);
		assertThat(this.client.closed()).startsWith("4008");
	}

	@Test
	void unsupportedMessageEndsTheConnection() {
		this.client.connection().unsupported(1003, "no bytes");
		assertThat(this.client.closed()).isEqualTo("1003 no bytes");
		assertThat(this.host.heard()).containsExactly("['A','end']", "['A','close']");
	}

	@Test
	void nothingHappensAfterTheEnd() {
		this.client.vanishes();
		this.client.vanishes();
		this.client.opens("D", "/stream-server/server/late");
		this.client.connection().shutdown();
		this.client.connection().tick();
		this.client.connection().alive();
		assertThat(this.relay.registry.names()).containsExactly("one");
		assertThat(this.client.closed()).isNull();
	}

	@Test
	void applicationThatStopsClosesConnectionsAndSaysNothingOnStreams() {
		this.relay.registry.shutdown();
		assertThat(this.relay.registry.names()).isEmpty();
		this.client.opens("D", "/stream-server/client/one/r");
		assertThat(this.host.heard()).isEmpty();
		assertThat(this.client.heard()).isEmpty();
		this.host.connection().shutdown();
		this.client.connection().shutdown();
		assertThat(this.host.closed()).startsWith("1012 SHUTDOWN: ");
		assertThat(this.client.closed()).startsWith("1012 SHUTDOWN: ");
		assertThat(this.host.heard()).isEmpty();
		assertThat(this.client.heard().stream().collect(Collectors.joining())).isEmpty();
	}

	@Test
	void connectionThatOutlivesAShutdownIsToldInTheEnd() {
		this.relay.registry.shutdown();
		this.relay.pass(Duration.ofSeconds(10), this.host, this.client);
		assertThat(this.client.heard()).hasSize(3).first().asString().startsWith("['C','error',{'code':'SHUTDOWN'");
		assertThat(this.host.heard()).filteredOn((line) -> line.contains("'close'")).hasSize(2);
	}

}
