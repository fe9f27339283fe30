/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One line of mux-demux (facts, section 2, the table and what is said of ids and values;
 * section 9 for rubbish).
 */
class LineTests {

	@Test
	void lineHasIdEventAndValue() throws MuxDemuxException {
		Line line = read("[\"31325ecfcea046dc9af0b7504a\",\"data\",\"hello\"]");
		assertThat(line.id()).isEqualTo("31325ecfcea046dc9af0b7504a");
		assertThat(line.event()).isEqualTo("data");
		assertThat(line.kind()).isEqualTo(MessageKind.TEXT);
		assertThat(value(line)).isEqualTo("hello");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-0", "1.50", "1e400", "-1E-999", "123456789012345678901234567890.000100", "true",
			"false", "null", "[]", "{}", "[1, 2 ,\t3]", "{\"b\" : 1,\"a\":{\"b\":[null,\"\\u00e9\u00e9\\n\"]},\"b\":2}",
			"[\"\\ud800\"]", "[[],[[]],{\"\":{}}]", "{\"__proto__\":{\"constructor\":1}}" })
	void valueOfEveryTypeIsKeptToTheLetter(String json) throws MuxDemuxException {
		assertThat(valueOf("[\"i\",\"data\"," + json + "]")).isEqualTo("JSON " + json);
		assertThat(valueOf(" [ \"i\" , \"data\" ,\t " + json + " \r ] ")).isEqualTo("JSON " + json);
		assertThat(valueOf("[\"i\",\"data\"," + json + ",1,[2],{\"a\":\"b\"},\"c\"]")).isEqualTo("JSON " + json);
	}

	@Test
	void valueBehindOtherBytesIsFound() throws MuxDemuxException {
		byte[] line = "[\"\u00e9\",\"data\",{\"\u20ac\":1.0}]".getBytes(StandardCharsets.UTF_8);
		byte[] bytes = new byte[line.length + 20];
		System.arraycopy(line, 0, bytes, 7, line.length);
		Line read = Line.read(bytes, 7, line.length);
		assertThat(value(read)).isEqualTo("{\"\u20ac\":1.0}");
	}

	@Test
	void numberOfManyDigitsIsKept() throws MuxDemuxException {
		String number = "9".repeat(100_000);
		assertThat(valueOf("[\"i\",\"data\"," + number + "]")).isEqualTo("JSON " + number);
	}

	@Test
	void objectWithALongKeyIsKept() throws MuxDemuxException {
		String json = "{\"" + "k".repeat(100_000) + "\":1}";
		assertThat(valueOf("[\"i\",\"data\"," + json + "]")).isEqualTo("JSON " + json);
	}

	@Test
	void objectWithManyKeysIsKept() throws MuxDemuxException {
		StringBuilder json = new StringBuilder("{");
		for (int key = 0; key < 50_000; key++) {
			json.append("\"key").append(key).append("\":").append(key).append(',');
		}
		json.append("\"last\":0}");
		assertThat(valueOf("[\"i\",\"data\"," + json + "]")).isEqualTo("JSON " + json);
	}

	@Test
	void stringIsReadWithItsEscapes() throws MuxDemuxException {
		assertThat(valueOf("[\"i\",\"data\",\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u20ac\\ud83d\\ude00\u00e9\"]"))
			.isEqualTo("TEXT \"\\/\b\f\n\r\t\0\u20ac\ud83d\ude00\u00e9");
		assertThat(valueOf("[\"i\",\"data\",\"\"]")).isEqualTo("TEXT ");
	}

	@Test
	void halfASurrogatePairInAStringIsReplaced() throws MuxDemuxException {
		assertThat(valueOf("[\"i\",\"data\",\"a\\ud800b\\udc00c\"]")).isEqualTo("TEXT a\ufffdb\ufffdc");
	}

	@Test
	void undefinedArrivesAsNull() throws MuxDemuxException {
		assertThat(valueOf("[\"i\",\"data\"]")).isEqualTo("JSON null");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t\r ", "   \t" })
	void emptyLineIsNoLine(String text) throws MuxDemuxException {
		assertThat(read(text)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "{", "}", "[", "]", "\"", "1", "null", "\"text\"", "{\"a\":1}", "[]", "[1]", "[null]",
			"[\"i\"]", "[\"i\",1]", "[\"i\",null,1]", "[1,\"data\",1]", "[null,\"data\",1]", "[{},\"data\",1]",
			"[[\"i\"],\"data\",1]", "[true,\"end\"]", "[\"i\",\"data\",]", "[\"i\",\"data\",01]",
			"[\"i\",\"data\",NaN]", "[\"i\",\"data\",Infinity]", "[\"i\",\"data\",undefined]", "[\"i\",\"data\",'a']",
			"[\"i\",\"data\",\"a]", "[\"i\",\"data\",\"a\tb\"]", "[\"i\",\"data\",\"\\x\"]",
			"[\"i\",\"data\",\"\\u12\"]", "[\"i\",\"data\",1", "[\"i\",\"data\",{\"a\"}]", "[\"i\",\"data\",{a:1}]",
			"[\"i\",\"data\",1]]", "[\"i\",\"data\",1]x", "[\"i\",\"data\",1][\"i\",\"data\",2]", "[\"i\" \"data\"]",
			"/* a */[\"i\",\"end\"]", "[\"i\",\"data\",1}", "[\"i\",\"data\",-]", "[\"i\",\"data\",1.]",
			"[\"i\",\"data\",+1]", "[\"i\",\"data\",tru]", "\ufeff[\"i\",\"end\"]", "GET / HTTP/1.1\r", "\0",
			"[\0\"i\",\"end\"]", "[\"i\0\",\"end\"]", "[\"i\",\"data\",\"a\0\"]", "[\"i\",\"data\",1]\0" })
	void rubbishIsAnErrorOfTheProtocol(String text) {
		assertIsRubbish(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void idsOfUpTo256CharactersAreOpaque() throws MuxDemuxException {
		String longest = "\u20ac".repeat(Line.MAX_ID);
		assertThat(read("[\"" + longest + "\",\"end\"]").id()).isEqualTo(longest);
		assertThat(read("[\"a\\n\\\"\\u20ac\\ud83d\\ude00\",\"end\"]").id()).isEqualTo("a\n\"\u20ac\ud83d\ude00");
		assertThat(read("[\"\",\"end\"]").id()).isEmpty();
		assertThat(read("[\"\\ud800\",\"end\"]").id()).isEqualTo("\ufffd");
		assertThat(read("[\"constructor\",\"end\"]").id()).isEqualTo("constructor");
	}

	@Test
	void longIdAndLongEventAreRubbish() {
		assertIsRubbish(utf8("[\"" + "i".repeat(Line.MAX_ID + 1) + "\",\"end\"]"));
		assertIsRubbish(utf8("[\"" + "i".repeat(100_000) + "\",\"end\"]"));
		assertIsRubbish(utf8("[\"i\",\"" + "e".repeat(100_000) + "\"]"));
	}

	@Test
	void depthIsBounded() throws MuxDemuxException {
		assertIsRubbish(utf8("[".repeat(10_000)));
		assertIsRubbish(utf8("[".repeat(10_000) + "]".repeat(10_000)));
		assertIsRubbish(utf8("[\"i\",\"data\"," + "[".repeat(10_000) + "]".repeat(10_000) + "]"));
		assertIsRubbish(utf8("[\"i\",\"data\",1," + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000) + "]"));
		String deep = "[".repeat(400) + "]".repeat(400);
		assertThat(valueOf("[\"i\",\"data\"," + deep + "]")).isEqualTo("JSON " + deep);
	}

	@Test
	void otherEncodingsAreRubbish() {
		String line = "[\"i\",\"end\"]";
		assertIsRubbish(line.getBytes(StandardCharsets.UTF_16));
		assertIsRubbish(line.getBytes(StandardCharsets.UTF_16LE));
		assertIsRubbish(line.getBytes(StandardCharsets.UTF_16BE));
		assertIsRubbish(line.getBytes(java.nio.charset.Charset.forName("UTF-32LE")));
		assertIsRubbish(line.getBytes(java.nio.charset.Charset.forName("UTF-32BE")));
		assertIsRubbish("[\"i\",\"data\",\"\u00e9\"]".getBytes(StandardCharsets.ISO_8859_1));
	}

	@Test
	void metaIsFoundAmongOtherProperties() throws MuxDemuxException {
		assertThat(meta("{\"opts\":{\"meta\":\"no\"},\"meta\":\"/a\\u0062\",\"x\":[1]}")).isEqualTo("/ab");
		assertThat(meta("{\"meta\":\"first\",\"meta\":\"last\"}")).isEqualTo("last");
	}

	@Test
	void metaThatIsNoStringIsItsText() throws MuxDemuxException {
		assertThat(meta("{\"meta\":1.0}")).isEqualTo("1.0");
		assertThat(meta("{\"meta\":null}")).isEqualTo("null");
		assertThat(meta("{\"meta\":{\"a\":[1]}}")).isEqualTo("{\"a\":[1]}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"opts\":{}}", "null", "1", "[\"meta\"]", "\"meta\"", "\"{\\\"meta\\\":1}\"" })
	void missingMetaIsNone(String argument) throws MuxDemuxException {
		assertThat(meta(argument)).isNull();
	}

	private static String meta(String argument) throws MuxDemuxException {
		return read("[\"i\",\"new\"," + argument + "]").meta();
	}

	private static void assertIsRubbish(byte[] line) {
		assertThatExceptionOfType(MuxDemuxException.class).isThrownBy(() -> Line.read(line, 0, line.length))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR));
	}

	private static String valueOf(String text) throws MuxDemuxException {
		Line line = read(text);
		return line.kind() + " " + value(line);
	}

	private static String value(Line line) {
		ByteBuffer value = line.value().duplicate();
		return StandardCharsets.UTF_8.decode(value).toString();
	}

	private static Line read(String text) throws MuxDemuxException {
		byte[] bytes = utf8(text);
		return Line.read(bytes, 0, bytes.length);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
