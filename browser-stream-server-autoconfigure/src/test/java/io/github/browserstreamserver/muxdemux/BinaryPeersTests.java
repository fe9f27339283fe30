/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import io.github.browserstreamserver.binary.ScriptedPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An original host with a new client, and a new host with an original client (the issue,
 * 2: all peers meet; what cannot cross ends that stream with an error that says so).
 */
class BinaryPeersTests {

	private static final int BYTES = 0x03;

	private static final int JSON = 0x0B;

	private static final int TEXT_BEGINS = 0x05;

	private static final int TEXT_GOES_ON = 0x04;

	private static final int TEXT_ENDS = 0x06;

	private final LineRelay relay = new LineRelay(
			new MuxDemuxLimits(1_000, 1_048_576, 50_000, Duration.ofSeconds(15), Duration.ofSeconds(30)),
			LineRelay.MEMORY);

	private final LinePeer old = this.relay.peer("old");

	private final ScriptedPeer modern = this.relay.binaryPeer("modern");

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	@Test
	void originalHostWithANewClient() {
		originalHostNewClient();
		this.modern.text(1, "text").data(1, JSON, bytes("{\"a\":\n[1e400]}"));
		this.old.says("['A','data','back']", "['A','data',{'b':null}]");
		assertThat(this.old.heard()).containsExactly("['A','data','text']", "['A','data',{'a': [1e400]}]");
		assertThat(this.modern.talk()).containsExactly("DATA 1 TEXT first last back",
				"DATA 1 JSON first last {\"b\":null}");
	}

	@Test
	void newHostWithAnOriginalClient() {
		newHostOriginalClient();
		this.old.says("['C','data','[1]']", "['C','data',[1]]");
		this.modern.text(2, "null").data(2, JSON, bytes("null"));
		assertThat(this.modern.talk()).containsExactly("DATA 2 TEXT first last [1]", "DATA 2 JSON first last [1]");
		assertThat(this.old.heard()).containsExactly("['C','data','null']", "['C','data',null]");
	}

	@Test
	void originalClientWaitsForTheAcceptOfANewHost() {
		this.modern.listen(1, "one");
		this.old.opens("C", "/stream-server/client/one/r");
		assertThat(this.old.heard()).isEmpty();
		this.modern.accept(2);
		assertThat(this.old.heard()).containsExactly("['C','data','[stream-server]:open']");
		this.modern.talk();
	}

	@Test
	void newClientIsAcceptedWhenTheOriginalHostDoes() {
		this.old.opens("S", "/stream-server/server/one");
		this.modern.connectTo(1, "one").text(1, "early");
		assertThat(this.modern.talk()).isEmpty();
		this.old.takesClient("S", "A", "one");
		assertThat(this.modern.talk()).containsExactly("ACCEPT 1");
		assertThat(this.old.heard()).containsExactly("['A','data','[stream-server]:open']", "['A','data','early']");
	}

	@Test
	void whatAClientTellsAboutItselfIsIgnored() {
		this.old.opens("S", "/stream-server/server/one");
		this.modern.open(1, 2, "one", "{\"me\":1}");
		this.old.takesClient("S", "A", "one");
		assertThat(this.old.heard()).containsExactly("['A','data','[stream-server]:open']");
	}

	@Test
	void nameIsOneForBoth() {
		this.modern.listen(1, "one");
		this.old.opens("S", "/stream-server/server/one");
		assertThat(this.old.heard()).first().asString().contains("'500'", "'server already exists'");
		this.old.opens("T", "/stream-server/server/two");
		this.modern.listen(3, "two");
		assertThat(this.modern.talk()).anyMatch((line) -> line.startsWith("RESET 3 NAME_TAKEN"));
	}

	@Test
	void bytesEndTheStreamOnBothSides() {
		originalHostNewClient();
		this.modern.text(1, "before").data(1, BYTES, new byte[] { 1 });
		assertThat(this.modern.talk()).singleElement().asString().startsWith("RESET 1 REFUSED").contains("no bytes");
		assertThat(this.old.heard()).anyMatch((line) -> line.startsWith("['A','error',{'code':'REFUSED',"))
			.endsWith("['A','end']", "['A','close']");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "1 2", "1],[2", "x", "\"a\nb\"", "\ufeff1" })
	void jsonThatIsNoneEndsTheStreamOnBothSides(String json) {
		originalHostNewClient();
		this.modern.data(1, JSON, bytes(json));
		assertProtocolError();
	}

	@Test
	void deepJsonEndsTheStreamOnBothSides() {
		originalHostNewClient();
		this.modern.data(1, JSON, bytes("[".repeat(10_000)));
		assertProtocolError();
	}

	@ParameterizedTest
	@CsvSource({ "7,ff", "7,c3", "7,eda080", "11,22c08022", "11,5b22ff225d", "11,22eda08022" })
	void whatIsNotUtf8EndsTheStreamOnBothSides(int flags, String hex) {
		originalHostNewClient();
		this.modern.data(1, flags, HexFormat.of().parseHex(hex));
		assertProtocolError();
	}

	@Test
	void partsAreOneMessageAlsoWhenOthersAreBetween() {
		originalHostNewClient();
		this.modern.connectTo(3, "one");
		this.old.takesClient("S", "B", "one");
		this.old.heard();
		byte[] euro = bytes("\u20ac");
		this.modern.data(1, TEXT_BEGINS, new byte[] { euro[0] });
		this.modern.text(3, "between");
		this.modern.data(1, TEXT_GOES_ON, new byte[] { euro[1] }).data(1, TEXT_GOES_ON, new byte[0]);
		this.modern.data(1, TEXT_ENDS, new byte[] { euro[2], 'x' });
		assertThat(this.old.heard()).containsExactly("['B','data','between']", "['A','data','\u20acx']");
	}

	@Test
	void messageWhoseLineWouldBeLargerThanTheLimitEndsTheStreamOnBothSides() {
		originalHostNewClient();
		this.modern.data(1, TEXT_BEGINS, new byte[10_000]).data(1, TEXT_ENDS, new byte[0]);
		assertThat(this.modern.talk()).anyMatch((line) -> line.startsWith("RESET 1 LIMIT"));
		assertThat(this.old.heard()).hasSize(3).first().asString().startsWith("['A','error',{'code':'LIMIT',");
	}

	@Test
	void messageThatIsLargerThanTheLimitEndsTheStreamOnBothSides() {
		originalHostNewClient();
		this.modern.data(1, TEXT_BEGINS, new byte[10_000]);
		for (int part = 0; part < 4; part++) {
			this.modern.data(1, TEXT_GOES_ON, new byte[10_000]);
		}
		assertThat(this.modern.talk()).isEmpty();
		this.modern.data(1, TEXT_ENDS, new byte[1]);
		assertThat(this.modern.talk()).anyMatch((line) -> line.startsWith("RESET 1 LIMIT"));
		assertThat(this.old.heard()).hasSize(3).first().asString().startsWith("['A','error',{'code':'LIMIT',");
		assertThat(this.relay.registry.find("one").orElseThrow().streams()).isZero();
	}

	@Test
	void halfAMessageIsNeverSent() {
		originalHostNewClient();
		this.modern.data(1, TEXT_BEGINS, bytes("half"));
		this.modern.disconnect();
		assertThat(this.old.heard()).containsExactly("['A','end']", "['A','close']");
	}

	@Test
	void pausedOriginalHoldsTheCreditOfANewClient() {
		originalHostNewClient();
		this.old.says("['A','pause']");
		this.modern.heard();
		for (int message = 0; message < 3; message++) {
			this.modern.data(1, 0x07, new byte[4_000]);
		}
		assertThat(this.modern.heard()).noneMatch((line) -> line.startsWith("CREDIT 1"));
		this.old.says("['A','resume']");
		assertThat(this.old.heard()).hasSize(3);
		assertThat(this.modern.heard()).anyMatch((line) -> line.startsWith("CREDIT 1"));
	}

	private void assertProtocolError() {
		assertThat(this.modern.talk()).singleElement().asString().startsWith("RESET 1 PROTOCOL_ERROR");
		assertThat(this.old.heard()).hasSize(3).first().asString().startsWith("['A','error',{'code':'PROTOCOL_ERROR',");
		assertThat(this.old.closed()).isNull();
	}

	private void originalHostNewClient() {
		this.old.opens("S", "/stream-server/server/one");
		this.modern.connectTo(1, "one");
		this.old.takesClient("S", "A", "one");
		this.old.heard();
		assertThat(this.modern.talk()).isEqualTo(List.of("ACCEPT 1"));
	}

	private void newHostOriginalClient() {
		this.modern.listen(1, "one");
		this.old.opens("C", "/stream-server/client/one/r");
		this.modern.accept(2).credit(2, 1_000_000);
		this.modern.talk();
		this.old.heard();
		this.old.heardMessages();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
