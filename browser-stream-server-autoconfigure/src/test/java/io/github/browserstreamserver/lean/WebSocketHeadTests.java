/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The heads that we write, unmasked and with the shortest length.
 */
class WebSocketHeadTests {

	@ParameterizedTest
	@CsvSource({ "0, 8200", "1, 8201", "125, 827d", "126, 827e007e", "127, 827e007f", "255, 827e00ff", "256, 827e0100",
			"32768, 827e8000", "65535, 827effff", "65536, 827f0000000000010000", "131072, 827f0000000000020000",
			"16777216, 827f0000000001000000" })
	void writesTheShortestHeadOfABinaryMessage(int length, String head) {
		ByteBuffer frame = WebSocketHead.prepend(message(length));
		byte[] bytes = new byte[frame.remaining() - length];
		frame.get(bytes);
		assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(head);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 65_535, 65_536 })
	void leavesTheMessageAndWhatStandsBeforeTheHeadAlone(int length) {
		ByteBuffer message = message(length);
		byte[] payload = new byte[length];
		new Random(length).nextBytes(payload);
		message.put(message.position(), payload);
		ByteBuffer frame = WebSocketHead.prepend(message);
		int head = frame.remaining() - length;
		assertThat(frame).isSameAs(message);
		for (int index = 0; index < frame.position(); index++) {
			assertThat(frame.get(index)).isEqualTo((byte) 0x55);
		}
		byte[] rest = new byte[length];
		frame.position(frame.position() + head).get(rest);
		assertThat(rest).isEqualTo(payload);
	}

	@Test
	void needsNoMoreThanItsRoom() {
		ByteBuffer message = ByteBuffer.allocate(WebSocketHead.ROOM + 65_536).position(WebSocketHead.ROOM);
		assertThat(WebSocketHead.prepend(message).position()).isZero();
	}

	@Test
	void writesNumbersTopmostByteFirstIntoABufferThatComesFresh() {
		ByteBuffer message = ByteBuffer.allocateDirect(400);
		assertThat(message.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
		ByteBuffer frame = WebSocketHead.prepend(message.position(10).limit(10 + 0x0102));
		assertThat(frame.get(frame.position() + 2)).isEqualTo((byte) 1);
		assertThat(frame.get(frame.position() + 3)).isEqualTo((byte) 2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 124, 125 })
	void makesAPongOfAPing(int length) {
		byte[] payload = new byte[length];
		new Random(1).nextBytes(payload);
		ByteBuffer pong = WebSocketHead.pong(payload);
		assertThat(pong.get()).isEqualTo((byte) 0x8a);
		assertThat(pong.get()).isEqualTo((byte) length);
		assertThat(pong).isEqualTo(ByteBuffer.wrap(payload));
	}

	private static ByteBuffer message(int length) {
		ByteBuffer buffer = ByteBuffer.allocate(20 + length);
		for (int index = 0; index < 20; index++) {
			buffer.put((byte) 0x55);
		}
		return buffer;
	}

}
