/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What close frames may say, and what ours do. Every code is tried in
 * {@link WebSocketReaderTests}.
 */
class CloseCodeTests {

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4013, 4999 })
	void allowsWhatIsDefinedOrLeftToApplications(int code) {
		assertThat(CloseCode.isAllowed(code)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 1, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65_535, 65_536 + 1000 })
	void forbidsWhatIsReserved(int code) {
		assertThat(CloseCode.isAllowed(code)).isFalse();
	}

	@Test
	void readsCodeAndReason() throws WebSocketException {
		CloseStatus status = CloseCode.read(ByteBuffer.wrap(HexFormat.of().parseHex("03e9c3a4")));
		assertThat(status.getCode()).isEqualTo(1001);
		assertThat(status.getReason()).isEqualTo("ä");
	}

	@Test
	void readsAnEmptyPayloadAsNoCode() throws WebSocketException {
		assertThat(CloseCode.read(ByteBuffer.allocate(0))).isEqualTo(CloseStatus.NO_STATUS_CODE);
	}

	@ParameterizedTest
	@CsvSource({ "03, 1002", "03ed, 1002", "0000, 1002", "ffff, 1002", "03e8ff, 1007", "03e8c3, 1007" })
	void refusesAMalformedPayload(String payload, int code) {
		assertThatExceptionOfType(WebSocketException.class)
			.isThrownBy(() -> CloseCode.read(ByteBuffer.wrap(HexFormat.of().parseHex(payload))))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	@Test
	void writesAWholeFrame() {
		assertThat(hex(CloseCode.frame(1002, "why"))).isEqualTo("880503ea776879");
		assertThat(hex(CloseCode.frame(4013, ""))).isEqualTo("88020fad");
		assertThat(hex(CloseCode.emptyFrame())).isEqualTo("8800");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "ä", "€", "😀", "aä", "a€", "a😀", "aa😀", "aaa😀" })
	void cutsAReasonThatIsTooLongBetweenTwoCharacters(String characters) throws WebSocketException {
		String reason = characters.repeat(200);
		ByteBuffer frame = CloseCode.frame(1000, reason);
		int length = frame.get(1);
		assertThat(length).isEqualTo(frame.remaining() - 2).isBetween(125 - 3, 125);
		CloseStatus status = CloseCode.read(frame.position(2));
		assertThat(reason).startsWith(status.getReason());
	}

	@Test
	void keepsAReasonThatJustFits() {
		String reason = "x".repeat(121) + "ä";
		ByteBuffer frame = CloseCode.frame(1000, reason);
		assertThat(frame.remaining()).isEqualTo(2 + 125);
		assertThat(StandardCharsets.UTF_8.decode(frame.position(4)).toString()).isEqualTo(reason);
	}

	private static String hex(ByteBuffer frame) {
		byte[] bytes = new byte[frame.remaining()];
		frame.get(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
