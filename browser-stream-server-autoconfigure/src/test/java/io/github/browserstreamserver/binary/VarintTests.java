/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;

import io.github.browserstreamserver.stream.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class VarintTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			         0, 00
			         1, 01
			       127, 7f
			       128, 8001
			     16383, ff7f
			     16384, 808001
			   2097151, ffff7f
			   2097152, 80808001
			 268435455, ffffff7f
			 268435456, 8080808001
			2147483647, ffffffff07
			""")
	void hasItsShortestFormAtBothEndsOfEachSize(int value, String hex) throws ProtocolException {
		ByteBuffer buffer = ByteBuffer.allocate(8);
		Varint.write(buffer, value);
		buffer.flip();
		assertThat(HexFormat.of().formatHex(buffer.array(), 0, buffer.limit())).isEqualTo(hex);
		assertThat(Varint.size(value)).isEqualTo(hex.length() / 2);
		assertThat(Varint.read(buffer, "it")).isEqualTo(value);
		assertThat(buffer.hasRemaining()).isFalse();
	}

	@Test
	void readsWhatItWrote() throws ProtocolException {
		Random random = new Random(1);
		for (int round = 0; round < 100_000; round++) {
			int value = random.nextInt() >>> (1 + random.nextInt(31));
			ByteBuffer buffer = ByteBuffer.allocate(8);
			Varint.write(buffer, value);
			assertThat(buffer.position()).isEqualTo(Varint.size(value));
			assertThat(Varint.read(buffer.flip(), "it")).isEqualTo(value);
		}
	}

	@Test
	void readsNoFurtherThanItsEnd() throws ProtocolException {
		ByteBuffer buffer = ByteBuffer.wrap(new byte[] { (byte) 0x80, 0x01, 0x05 });
		assertThat(Varint.read(buffer, "it")).isEqualTo(128);
		assertThat(buffer.remaining()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			'',           is cut off
			80,           is cut off
			ffff,         is cut off
			80808080,     is cut off
			818080808000, is longer than 5 bytes
			ffffffff8001, is longer than 5 bytes
			808080808001, is longer than 5 bytes
			8080808008,   is over 2147483647
			ffffffff0f,   is over 2147483647
			8180808010,   is over 2147483647
			ffffffff7f,   is over 2147483647
			8000,         is not in its shortest form
			8100,         is not in its shortest form
			ff8000,       is not in its shortest form
			8180808000,   is not in its shortest form
			""")
	void endsTheConnectionWhenItIsMalformed(String hex, String complaint) {
		ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Varint.read(buffer, "the thing"))
			.withMessageContaining("the thing")
			.withMessageContaining(complaint)
			.extracting(ProtocolException::code)
			.isSameAs(ErrorCode.PROTOCOL_ERROR);
	}

}
