/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.browserstreamserver.ProtocolPage;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.StreamKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The constants and the protocol page say the same.
 */
class WireDocTests {

	private final ProtocolPage page = ProtocolPage.read();

	@Test
	void frameTypesAreThoseOfThePage() {
		Map<String, String> types = Stream
			.of(Map.entry("HELLO", Wire.HELLO), Map.entry("PING", Wire.PING), Map.entry("OPEN", Wire.OPEN),
					Map.entry("ACCEPT", Wire.ACCEPT), Map.entry("DATA", Wire.DATA), Map.entry("CREDIT", Wire.CREDIT),
					Map.entry("END", Wire.END), Map.entry("RESET", Wire.RESET), Map.entry("GOAWAY", Wire.GOAWAY),
					Map.entry("TOKEN", Wire.TOKEN))
			.collect(Collectors.toMap((entry) -> String.format("0x%02x", entry.getValue()), Map.Entry::getKey));
		assertThat(this.page.table("| type | name | stream | flags | payload |")).isEqualTo(types);
	}

	@Test
	void settingsAreThoseOfThePage() {
		assertThat(this.page.table("| id | setting | value | default | meaning |"))
			.isEqualTo(Map.of("" + Wire.SETTING_MAX_STREAMS, "MAX_STREAMS", "" + Wire.SETTING_KEEPALIVE, "KEEPALIVE"));
	}

	@Test
	void fieldsOfAnOpenAreThoseOfThePage() {
		assertThat(this.page.table("| field | name | value |")).isEqualTo(Map.of("" + Wire.FIELD_KEY, "KEY"));
	}

	static Stream<String> sentences() {
		Function<Integer, String> hex = (value) -> String.format("0x%02x", value);
		return Stream.of("at most " + Wire.MAX_PAYLOAD + " payload",
				"At most " + Wire.MAX_VARINT + " bytes, value at most " + Wire.MAX_VALUE,
				hex.apply(Wire.FLAG_ANSWER) + " ANSWER", hex.apply(Wire.FLAG_FIRST) + " FIRST",
				hex.apply(Wire.FLAG_LAST) + " LAST", hex.apply(Wire.KIND_MASK) + " KIND",
				"A type of " + hex.apply(Wire.FIRST_SKIPPABLE_TYPE) + " and above",
				"up to " + Wire.MAX_PING + " bytes of anything",
				"then the reason, UTF-8, up to " + Wire.MAX_REASON + " bytes",
				"The target is 1 to " + Wire.MAX_TARGET + " bytes",
				"Metadata is at most " + Wire.MAX_METADATA + " bytes, at most " + Wire.MAX_METADATA_DEPTH + " levels",
				Wire.TOKEN_SIZE + " bytes from a `SecureRandom`",
				Wire.MIN_KEY + " to " + Wire.MAX_KEY + " bytes, only with *listen*",
				"begins with " + Wire.INITIAL_CREDIT + " bytes of credit",
				"costs its payload length plus " + Wire.FRAME_COST, "length over " + Wire.MAX_PAYLOAD + ";",
				"PING over " + Wire.MAX_PING + " bytes",
				"KIND is " + kind(MessageKind.BINARY) + " binary, " + kind(MessageKind.TEXT) + " text (UTF-8), "
						+ kind(MessageKind.JSON) + " JSON",
				number(StreamKind.LISTEN) + " listen, " + number(StreamKind.CONNECT) + " connect, "
						+ number(StreamKind.ROUTE) + " route");
	}

	private static String kind(MessageKind kind) {
		return String.format("0x%02x", kind.ordinal() << Wire.KIND_SHIFT);
	}

	private static int number(StreamKind kind) {
		return kind.ordinal() + 1;
	}

	@ParameterizedTest
	@MethodSource
	void sentences(String sentence) {
		assertThat(this.page.prose()).contains(sentence);
	}

	@Test
	void theLongestHeadIsTheSumOfItsParts() {
		assertThat(Wire.MAX_HEAD).isEqualTo(1 + 1 + Varint.size(Wire.MAX_VALUE) + Varint.size(Wire.MAX_VALUE));
	}

}
