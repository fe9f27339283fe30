/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PayloadsTests {

	@Test
	void slicesALengthAndSoManyBytes() throws ProtocolException {
		ByteBuffer payload = hex("99 03 010203 04");
		payload.get();
		assertThat(Payloads.slice(payload, "it")).isEqualTo(hex("010203"));
		assertThat(payload).isEqualTo(hex("04"));
	}

	@Test
	void slicesNothingWhenTheLengthIsZero() throws ProtocolException {
		ByteBuffer payload = hex("00");
		assertThat(Payloads.slice(payload, "it").hasRemaining()).isFalse();
		assertThat(payload.hasRemaining()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "80", "01", "02 01", "ff ff ff ff 07 01", "81 00 01" })
	void refusesALengthThatDoesNotFit(String bytes) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Payloads.slice(hex(bytes), "the thing"))
			.withMessageContaining("the thing");
	}

	@Test
	void decodesUtf8() {
		assertThat(Payloads.text(hex("61 c3a9 f09fa689"))).isEqualTo("aé🦉");
		assertThat(Payloads.text(hex(""))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "c3", "e282", "f09fa6", "80", "c080", "e080af", "eda080", "f4908080", "ff" })
	void decodesNothingThatIsNotWellFormed(String bytes) {
		assertThat(Payloads.text(hex("61" + bytes))).isNull();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			abc,   3, abc
			abc,   2, ab
			abc,   0, ''
			'',    0, ''
			aé,    3, aé
			aé,    2, a
			aé,    1, a
			éa,    1, ''
			a🦉b,  6, a🦉b
			a🦉b,  5, a🦉
			a🦉b,  4, a
			a🦉b,  3, a
			a🦉b,  2, a
			🦉🦉,  7, 🦉
			""")
	void cutsAReasonBetweenTwoCharacters(String reason, int most, String cut) {
		assertThat(new String(Payloads.reason(reason, most), StandardCharsets.UTF_8)).isEqualTo(cut);
	}

	@Test
	void encodesALoneSurrogateOfAReasonAsSomethingWellFormed() {
		assertThat(Payloads.text(ByteBuffer.wrap(Payloads.reason("a\ud83eb", 255)))).isEqualTo("a?b");
	}

	private static ByteBuffer hex(String hex) {
		return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
	}

}
