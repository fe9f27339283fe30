/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a SockJS client's messages, however they are cut.
 */
class MessageUnframerTests {

	private static final String FACE = "\uD83D\uDE00";

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	private final Utf8Output output = new Utf8Output(this::receive);

	private final MessageUnframer unframer = new MessageUnframer(this.output);

	private void receive(ByteBuffer part) {
		byte[] bytes = new byte[part.remaining()];
		part.get(bytes);
		// no character is cut between two parts
		assertThat(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
		this.received.writeBytes(bytes);
	}

	private String received() {
		this.output.flush();
		return this.received.toString(StandardCharsets.UTF_8);
	}

	@Test
	void takesTheTextOutOfAMessage() {
		assertThat(this.unframer.accept("[\"hello, \u00e4 \u20ac " + FACE + "\"]")).isTrue();
		assertThat(this.unframer.finish()).isTrue();
		assertThat(received()).isEqualTo("hello, \u00e4 \u20ac " + FACE);
	}

	@Test
	void givesTheSameTextWhereverAMessageIsCut() {
		String message = " [ \"a\\u00e4\\n\\ud83d\\ude00\" ,\t\"" + FACE + "\\\\\\\"\\/\" ] \r\n";
		String expected = "a\u00e4\n" + FACE + FACE + "\\\"/";
		for (int cut = 0; cut <= message.length(); cut++) {
			this.received.reset();
			assertThat(this.unframer.accept(message.substring(0, cut))).isTrue();
			this.output.flush();
			assertThat(this.unframer.accept(message.substring(cut))).isTrue();
			assertThat(this.unframer.finish()).isTrue();
			assertThat(received()).as("cut at %d", cut).isEqualTo(expected);
		}
	}

	@Test
	void joinsTheTextsOfSeveralStringsAndSeveralMessages() {
		for (String message : new String[] { "[]", "[\"one \",\"two \"]", "[\"\"]", "[\"three\"]" }) {
			assertThat(this.unframer.accept(message)).isTrue();
			assertThat(this.unframer.finish()).isTrue();
		}
		assertThat(received()).isEqualTo("one two three");
	}

	@ParameterizedTest
	@CsvSource({ "\\b,8", "\\f,12", "\\n,10", "\\r,13", "\\t,9", "\\u0041,65", "\\u00fF,255", "\\u2028,8232",
			"\\u0000,0" })
	void decodesEscapes(String escape, int character) {
		assertThat(this.unframer.accept("[\"" + escape + "\"]")).isTrue();
		assertThat(received()).isEqualTo(Character.toString(character));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\ud83d", "\\ude00", "\ud83d", "\\ud83dx", "\\ude00\\ud83d" })
	void replacesLoneSurrogates(String text) {
		assertThat(this.unframer.accept("[\"" + text + "\"]")).isTrue();
		assertThat(received()).contains("\uFFFD").doesNotContain(FACE);
	}

	@Test
	void makesNoPairOfSurrogatesFromTwoStrings() {
		assertThat(this.unframer.accept("[\"\\ud83d\",\"\\ude00\"]")).isTrue();
		assertThat(received()).isEqualTo("\uFFFD\uFFFD");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "\"text\"", "{}", "[1]", "[null]", "[[\"a\"]]", "[\"a\"\"b\"]", "[\"a\",]",
			"[,\"a\"]", "[\"a\"]x", "[\"a\"][\"b\"]", "[\"\\x\"]", "[\"\\u12g4\"]", "[\"\\u\u0661\u0661\u0661\u0661\"]",
			"[\"line\nbreak\"]", "\uFEFF[\"a\"]", "]", "[\"\u0000\"]" })
	void refusesRubbish(String message) {
		assertThat(this.unframer.accept(message)).isFalse();
		assertThat(this.unframer.accept("]")).as("after it").isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "[\"", "[\"a", "[\"a\\", "[\"a\\u00", "[\"a\"", "[\"a\",", "", "  " })
	void tellsThatAMessageIsNotWhole(String message) {
		assertThat(this.unframer.accept(message)).isTrue();
		assertThat(this.unframer.finish()).isFalse();
	}

	@Test
	void passesAMessageWithoutEndOnAsItComes() {
		this.unframer.accept("[\"");
		String part = "endless ".repeat(1000);
		for (int i = 1; i <= 1000; i++) {
			this.unframer.accept(part);
			// all but what its buffer holds
			assertThat(this.received.size()).isGreaterThan(i * part.length() - Utf8Output.BUFFER_SIZE - 1);
		}
	}

}
