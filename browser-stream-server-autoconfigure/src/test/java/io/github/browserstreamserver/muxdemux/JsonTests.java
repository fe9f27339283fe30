/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What other peers say becomes the value of a line: strings stay strings, JSON is checked
 * first (facts, section 2: a value is any JSON value).
 */
class JsonTests {

	@Test
	void textBecomesAStringWithTheEscapesThatJsonNeeds() throws MuxDemuxException {
		assertThat(value(MessageKind.TEXT, "a\"\\/\n\r\t\0\u001f\u2028\u00e9\ud83d\ude00"))
			.isEqualTo("\"a\\\"\\\\/\\n\\r\\t\\u0000\\u001F\u2028\u00e9\ud83d\ude00\"");
		assertThat(value(MessageKind.TEXT, "")).isEqualTo("\"\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "c3", "ff", "c080", "eda080", "f4908080", "61c3", "80", "e282" })
	void textThatIsNotUtf8IsAnError(String hex) {
		assertIsError(MessageKind.TEXT, HexFormat.of().parseHex(hex), ErrorCode.PROTOCOL_ERROR);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "-0", "1e400", "null", "true", "\"text\"", "[]", "{}", " {\"a\" : [1,2] }\t",
			"\"\\ud800\"", "{\"\u20ac\":\"\ud83d\ude00\"}" })
	void jsonStaysToTheLetter(String json) throws MuxDemuxException {
		assertThat(value(MessageKind.JSON, json)).isEqualTo(json);
	}

	@Test
	void newlinesBetweenTokensBecomeSpaces() throws MuxDemuxException {
		assertThat(value(MessageKind.JSON, "{\n\"a\":\r\n1}\n")).isEqualTo("{ \"a\":  1} ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\n", "1 2", "1]", "[1", "{\"a\":", "\"a", "\"a\nb\"", "x", "{a:1}", "nul",
			"[1,]", "1,\"data\",2", "[],[]", "\"a\",\"b\"", "NaN", "\ufeff1", "1\0", "\0", "// c\n1", "'a'", "\"\\x\"",
			"[\"\\u12\"]" })
	void whatIsNotOneValueIsAnError(String text) {
		assertIsError(MessageKind.JSON, text.getBytes(StandardCharsets.UTF_8), ErrorCode.PROTOCOL_ERROR);
	}

	@ParameterizedTest
	@ValueSource(strings = { "c3", "ff", "c080", "eda080", "f4908080", "f8888080", "80", "e282" })
	void jsonThatIsNotUtf8IsAnError(String hex) {
		for (String around : new String[] { "22%s22", "5b22%s225d", "7b22%s223a317d" }) {
			assertIsError(MessageKind.JSON, HexFormat.of().parseHex(around.formatted(hex)), ErrorCode.PROTOCOL_ERROR);
		}
	}

	@Test
	void otherEncodingsAreErrors() {
		assertIsError(MessageKind.JSON, "[1]".getBytes(StandardCharsets.UTF_16), ErrorCode.PROTOCOL_ERROR);
		assertIsError(MessageKind.JSON, "[1]".getBytes(StandardCharsets.UTF_16LE), ErrorCode.PROTOCOL_ERROR);
		assertIsError(MessageKind.JSON, "[1]".getBytes(StandardCharsets.UTF_16BE), ErrorCode.PROTOCOL_ERROR);
	}

	@Test
	void deepJsonIsAnError() throws MuxDemuxException {
		String deep = "[".repeat(10_000) + "]".repeat(10_000);
		assertIsError(MessageKind.JSON, deep.getBytes(StandardCharsets.UTF_8), ErrorCode.PROTOCOL_ERROR);
		assertThat(value(MessageKind.JSON, "[".repeat(400) + "]".repeat(400))).hasSize(800);
	}

	@Test
	void longKeysAndNumbersAreNoErrors() throws MuxDemuxException {
		String json = "{\"" + "k".repeat(100_000) + "\":" + "1".repeat(10_000) + "}";
		assertThat(value(MessageKind.JSON, json)).isEqualTo(json);
	}

	@Test
	void bytesAreRefusedAndToldWhy() {
		assertThatExceptionOfType(MuxDemuxException.class)
			.isThrownBy(() -> Json.value(MessageKind.BINARY, ByteBuffer.allocate(1)))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.REFUSED);
				assertThat(ex.reason()).contains("no bytes");
			});
	}

	@Test
	void halfASurrogatePairIsReplaced() {
		assertThat(Json.wellFormed("\ud800")).isEqualTo("\ufffd");
		assertThat(Json.wellFormed("a\udc00\ud83d\ude00\ud83d")).isEqualTo("a\ufffd\ud83d\ude00\ufffd");
		assertThat(Json.wellFormed("plain")).isEqualTo("plain");
	}

	private static void assertIsError(MessageKind kind, byte[] payload, ErrorCode code) {
		assertThatExceptionOfType(MuxDemuxException.class)
			.as(HexFormat.of().formatHex(payload, 0, Math.min(payload.length, 40)))
			.isThrownBy(() -> Json.value(kind, ByteBuffer.wrap(payload)))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	private static String value(MessageKind kind, String text) throws MuxDemuxException {
		return new String(Json.value(kind, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))),
				StandardCharsets.UTF_8);
	}

	@Test
	void lengthIsKnownBeforehand() throws MuxDemuxException {
		StringBuilder text = new StringBuilder("\u00e9\u20ac\ud83d\ude00\u2028\u007f");
		for (char character = 0; character < 0x80; character++) {
			text.append(character);
		}
		ByteBuffer payload = StandardCharsets.UTF_8.encode(text.toString());
		long length = Json.length(MessageKind.TEXT, payload);
		byte[] value = Json.value(MessageKind.TEXT, payload);
		assertThat(value).hasSize((int) length).isEqualTo(Json.quoted(text.toString()));
	}

}
