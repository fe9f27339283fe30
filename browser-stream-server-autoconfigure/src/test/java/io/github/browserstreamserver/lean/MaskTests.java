/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The mask against a loop over single bytes.
 */
class MaskTests {

	private static final int LONGEST = 40;

	private static final int FURTHEST = 8;

	@ParameterizedTest
	@ValueSource(ints = { 0x01020304, 0x12345678, -1, 0x80000000, 0x000000ff, 0xff000000, 0x00ff00ff, 0 })
	void isWhatALoopOverBytesMakes(int mask) {
		each((buffer, from, to) -> {
			byte[] expected = naive(buffer, from, to, mask);
			Mask.apply(buffer, from, to, mask);
			assertThat(bytes(buffer)).as("%s from %d to %d".formatted(buffer, from, to)).isEqualTo(expected);
		});
	}

	@Test
	void goesOnWhereItEnded() {
		int mask = 0x1f2e3d4c;
		each((buffer, from, to) -> {
			byte[] expected = naive(buffer, from, to, mask);
			byte[] before = bytes(buffer);
			for (int cut = from; cut <= to; cut++) {
				buffer.put(0, before);
				int next = Mask.apply(buffer, from, cut, mask);
				Mask.apply(buffer, cut, to, next);
				assertThat(bytes(buffer)).as("%s from %d to %d cut at %d".formatted(buffer, from, to, cut))
					.isEqualTo(expected);
			}
		});
	}

	@Test
	void leavesPositionAndLimitAlone() {
		ByteBuffer buffer = ByteBuffer.allocate(40).position(3).limit(35);
		Mask.apply(buffer, 5, 30, 0x01020304);
		assertThat(buffer.position()).isEqualTo(3);
		assertThat(buffer.limit()).isEqualTo(35);
	}

	private interface Check {

		void accept(ByteBuffer buffer, int from, int to);

	}

	private static void each(Check check) {
		Random random = new Random(6_455);
		List<IntFunction<ByteBuffer>> kinds = List.of(ByteBuffer::allocate, ByteBuffer::allocateDirect);
		for (IntFunction<ByteBuffer> kind : kinds) {
			for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
				for (int from = 0; from <= FURTHEST; from++) {
					for (int length = 0; length <= LONGEST; length++) {
						byte[] content = new byte[FURTHEST + LONGEST + 1];
						random.nextBytes(content);
						check.accept(kind.apply(content.length).order(order).put(content).clear(), from, from + length);
					}
				}
			}
		}
	}

	private static byte[] naive(ByteBuffer buffer, int from, int to, int mask) {
		byte[] bytes = bytes(buffer);
		for (int index = from; index < to; index++) {
			bytes[index] ^= (byte) (mask >> 8 * (3 - (index - from) % 4));
		}
		return bytes;
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.capacity()];
		buffer.get(0, bytes);
		return bytes;
	}

}
