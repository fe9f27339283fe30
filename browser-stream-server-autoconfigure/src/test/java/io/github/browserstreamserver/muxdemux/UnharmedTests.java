/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the original does not survive, and other bad input (facts, section 9, and the
 * issue): an error for the stream or the connection, nothing else. A pair beside it works
 * on.
 */
class UnharmedTests {

	private final LineRelay relay = new LineRelay(
			new MuxDemuxLimits(1_000, 1_048_576, 200_000, Duration.ofSeconds(15), Duration.ofSeconds(30)),
			LineRelay.MEMORY);

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

	private final LinePeer bad = this.relay.peer("bad");

	@BeforeEach
	void join() {
		this.host.joins(this.client, "one");
	}

	@AfterEach
	void otherPairWorksOnAndNothingIsLeft() {
		this.client.says("['C','data',1]");
		this.host.says("['A','data',2]");
		assertThat(this.host.heard()).endsWith("['A','data',1]");
		assertThat(this.client.heard()).containsExactly("['C','data',2]");
		this.relay.everybodyGoes();
	}

	@ParameterizedTest
	@ValueSource(strings = { "constructor", "toString", "__proto__", "hasOwnProperty", "valueOf" })
	void namesOfObjectsPropertiesAreNamesLikeOthers(String name) {
		this.bad.opens("C", "/stream-server/client/" + name + "/r");
		assertThat(this.bad.heard()).first()
			.isEqualTo(
					"['C','error',{'code':'404','library':'[stream-server]','message':'server does not exist','details':'"
							+ name + "'}]");
		this.bad.opens("S", "/stream-server/server/" + name).opens("D", "/stream-server/client/" + name + "/r");
		this.bad.takesClient("S", "B", name);
		assertThat(this.bad.heard()).contains("['D','data','[stream-server]:open']",
				"['B','data','[stream-server]:open']");
	}

	@ParameterizedTest
	@ValueSource(strings = { "constructor", "__proto__", "toString", "", " ", "\u20ac", "new" })
	void idsOfObjectsPropertiesAreIdsLikeOthers(String id) {
		this.bad.opens(id, "/stream-server/client/one/r");
		this.host.takesClient("S", "B", "one");
		assertThat(this.bad.heard()).containsExactly("['" + id + "','data','[stream-server]:open']");
		this.bad.says("['" + id + "','end']", "['" + id + "','close']");
		assertThat(this.host.heard()).endsWith("['B','end']", "['B','close']");
	}

	@ParameterizedTest
	@ValueSource(strings = { "['N','new']", "['N','new',null]", "['N','new','text']", "['N','new',1]", "['N','new',[]]",
			"['N','new',{}]", "['N','new',{'opts':{}}]" })
	void newWithoutAProperArgumentIsAnErrorForThatStream(String line) {
		this.bad.says(line);
		assertThat(this.bad.heard()).containsExactly("['N','error','404: invalid route: undefined']", "['N','end']",
				"['N','close']");
		assertThat(this.bad.closed()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "1.50", "true", "false", "null", "[]", "{}", "['/stream-server/server/x']" })
	void metaThatIsNoStringIsNoRoute(String meta) {
		this.bad.says("['N','new',{'meta':" + meta + "}]");
		assertThat(this.bad.heard()).hasSize(3).first().asString().startsWith("['N','error','404: invalid route: ");
		assertThat(this.relay.registry.names()).containsExactly("one");
	}

	@Test
	void optsDoNotMatter() {
		this.bad.says("['N','new',{'meta':'/stream-server/server/x','opts':null}]",
				"['M','new',{'meta':'/stream-server/server/y','opts':{'writable':false,'readable':false}}]",
				"['L','new',{'meta':'/stream-server/server/z'}]");
		assertThat(this.relay.registry.names()).containsExactly("one", "x", "y", "z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "['C','error']", "['C','error',null]", "['X','error']", "['X','error',null]" })
	void errorWithoutAnArgumentIsNothing(String line) {
		this.bad.opens("C", "/stream-server/client/one/r").says(line);
		assertThat(this.bad.closed()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", " \n\t\n", "\r\n" })
	void emptyLinesAreNothing(String text) {
		this.bad.saysText(text + "\n");
		assertThat(this.bad.closed()).isNull();
		assertThat(this.bad.heard()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "rubbish", "{}", "null", "1", "\"text\"", "[]", "[1,\"end\"]", "[\"i\"]", "[null,null]",
			"[\"C\",\"data\",1", "\0", "\ufeff[]" })
	void rubbishEndsItsOwnConnectionOnly(String text) {
		this.bad.opens("N", "/stream-server/server/bad");
		this.bad.opens("C", "/stream-server/client/one/r");
		this.bad.saysText("[\"C\",\"data\",\"before\"]\n" + text + "\n[\"C\",\"data\",\"behind\"]\n");
		assertThat(this.bad.closed()).startsWith("4008 PROTOCOL_ERROR: ");
		assertThat(this.relay.registry.names()).containsExactly("one");
		assertThat(this.relay.registry.find("one").orElseThrow().streams()).isEqualTo(1);
	}

	@Test
	void longAndDeepLinesEndTheirOwnConnectionOnly() {
		String[] texts = { "[\"" + "i".repeat(100_000) + "\",\"end\"]\n", "[".repeat(10_000) + "\n",
				"[\"i\",\"data\"," + "[".repeat(10_000) + "]".repeat(10_000) + "]\n" };
		for (String text : texts) {
			LinePeer each = this.relay.peer("each");
			each.saysText(text);
			assertThat(each.closed()).startsWith("4008 ");
		}
	}

	@Test
	void endlessLineIsBounded() {
		long before = this.relay.held();
		for (int part = 0; part < 1_000 && this.bad.closed() == null; part++) {
			this.bad.saysText("x".repeat(1_000));
			assertThat(this.relay.held()).isLessThanOrEqualTo(before + 200_000);
		}
		assertThat(this.bad.closed())
			.isEqualTo("4004 LIMIT: a line is longer than 200000 bytes (boot.max-message-size)");
		assertThat(this.relay.held()).isEqualTo(before);
	}

	@Test
	void nothingIsReadBehindRubbish() {
		this.bad.saysText("rubbish\n[\"N\",\"new\",{\"meta\":\"/stream-server/server/late\"}]\n");
		this.bad.saysText("[\"N\",\"new\",{\"meta\":\"/stream-server/server/later\"}]\n");
		assertThat(this.relay.registry.names()).containsExactly("one");
		assertThat(this.bad.heard()).isEmpty();
	}

	@Test
	void manyRefusedOpensOfAPeerThatDoesNotReadEndItsConnection() {
		this.bad.stopsReading();
		for (int open = 0; open < 3_000; open++) {
			this.bad.opens("N" + open, "/no/route");
		}
		this.relay.pass(Duration.ofSeconds(2), this.bad);
		assertThat(this.bad.closed()).startsWith("4004 LIMIT: ");
	}

	@Test
	void manyRefusedOpensOfAPeerThatReadsAreRefused() {
		for (int open = 0; open < 10_000; open++) {
			this.bad.opens("N" + open, "/no/route");
		}
		assertThat(this.bad.closed()).isNull();
		assertThat(this.bad.heard()).hasSize(30_000);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void noRandomBytesAreAFaultOfTheRelay(long seed) {
		Random random = new Random(seed);
		byte[] valid = ("[\"C\",\"new\",{\"meta\":\"/stream-server/client/one/r\",\"opts\":{\"writable\":true}}]\n"
				+ "[\"C\",\"data\",{\"a\":[1,\"\\u00e9\u00e9\"]}]\n[\"C\",\"pause\"]\n[\"C\",\"end\"]\n[\"C\",\"close\"]\n")
			.getBytes(StandardCharsets.UTF_8);
		for (int round = 0; round < 400; round++) {
			byte[] bytes = valid.clone();
			for (int change = random.nextInt(4); change >= 0; change--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			}
			LinePeer each = this.relay.peer("each");
			int cut = random.nextInt(bytes.length);
			each.saysBytes(Arrays.copyOf(bytes, cut));
			each.saysBytes(Arrays.copyOfRange(bytes, cut, bytes.length));
			each.vanishes();
		}
		this.host.heard();
	}

}
