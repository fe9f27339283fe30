/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;

import io.github.browserstreamserver.fuzz.Allocation;
import io.github.browserstreamserver.stream.StreamKind;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@code vectors/frames.json} does not say about OPEN.
 */
class OpenPayloadTests {

	@ParameterizedTest
	@EnumSource
	void readsWhatItWrote(StreamKind kind) throws Exception {
		StreamRequest request = roundTrip(new StreamRequest(kind, "n\u00e4me \ud83e\udd89", "{\"x\":[1]}", null));
		assertThat(request.kind()).isSameAs(kind);
		assertThat(request.target()).isEqualTo("n\u00e4me \ud83e\udd89");
		assertThat(request.metadata()).isEqualTo("{\"x\":[1]}");
		assertThat(request.key()).isNull();
		assertThat(roundTrip(new StreamRequest(kind, "a", null, null)).metadata()).isNull();
	}

	@Test
	void judgesItsMeaningAsOftenAsItIsAsked() throws Exception {
		OpenPayload open = OpenPayload.read(listen(new byte[16]));
		assertThat(open.request().target()).isEqualTo(open.request().target()).isEqualTo("a");
		assertThat(open.request().key()).isEqualTo(open.request().key()).hasSize(16);
	}

	@Test
	void copiesTheKeyOutOfTheBufferThatItCameIn() throws Exception {
		ByteBuffer payload = listen(new byte[16]);
		byte[] key = OpenPayload.read(payload).request().key();
		payload.array()[payload.limit() - 1] = 1;
		assertThat(key).containsOnly(0);
	}

	@Test
	void makesADifferentKeyOf128BitsForEachHostThatAsksForOne() throws Exception {
		OpenPayload open = OpenPayload.read(listen(new byte[0]));
		assertThat(open.asksForToken()).isTrue();
		assertThat(open.request().key()).hasSize(16).isNotEqualTo(open.request().key());
		assertThat(OpenPayload.read(listen(new byte[16])).asksForToken()).isFalse();
		assertThat(OpenPayload.read(listen()).asksForToken()).isFalse();
	}

	@Test
	void makesNoObjectsForFieldsThatNobodyKnows() throws Exception {
		ByteBuffer payload = ByteBuffer.allocate(Wire.MAX_PAYLOAD).put((byte) 1).put((byte) 1).put((byte) 'a');
		payload.put((byte) 0);
		while (payload.remaining() > 1) {
			payload.put((byte) 0x7f).put((byte) 0);
		}
		payload.flip();
		Allocation.check(0, () -> {
			try {
				assertThat(OpenPayload.read(payload.duplicate()).key()).isNull();
			}
			catch (ProtocolException ex) {
				throw new AssertionError(ex);
			}
		});
	}

	@Test
	void takesTheLaterOfTwoKeys() throws Exception {
		byte[] later = new byte[32];
		assertThat(OpenPayload.read(listen(new byte[16], later)).request().key()).isEqualTo(later);
		assertThat(OpenPayload.read(listen(new byte[1], later)).request().key()).isEqualTo(later);
		OpenPayload laterIsBad = OpenPayload.read(listen(later, new byte[1]));
		assertThatExceptionOfType(InvalidOpenException.class).isThrownBy(laterIsBad::request);
	}

	private static ByteBuffer listen(byte[]... keys) {
		ByteBuffer payload = ByteBuffer.allocate(100);
		payload.put(OpenPayload.write(new StreamRequest(StreamKind.LISTEN, "a", null, null)));
		for (byte[] key : keys) {
			payload.put((byte) Wire.FIELD_KEY).put((byte) key.length).put(key);
		}
		return payload.flip();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\\ud83e\"", "\"\u2028\u007f\"", "{\"a\":1,\"a\":2}", "\t\r\n 1", "-0", "1E+400",
			"1e-400", "\"/\\/\"", "{\"\":0}", "[[],[]]" })
	void takesMetadataThatIsUnusualButJson(String json) throws Exception {
		assertThat(metadata(json)).isEqualTo(json);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1_000, 1_001, 4_096 })
	void takesMetadataThatIsALongNumber(int digits) throws Exception {
		assertThat(metadata("1".repeat(digits))).hasSize(digits);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1_000, 1_001, 4_094 })
	void takesMetadataThatIsALongFraction(int digits) throws Exception {
		assertThat(metadata("0." + "1".repeat(digits))).hasSize(digits + 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\ufeff1", "1\u0000", "\u00001", "-", "--1", "- 1", "1e", "1e+", "0x", "1.e1", "00", "-01",
			"1,", ",1", "[,]", "[1 2]", "[1", "1]", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{1:1}", "{,}",
			"{\"a\":1 \"b\":2}", "{\"a\":1]", "[1}", "tru", "truex", "nulll", "null null", "true\"a\"", "1\"a\"",
			"\"a\"1", "\"a\"b", "\"\\u12g4\"", "\"\\'\"", "\"a\tb\"", "\"\u0000\"", "undefined", "/**/1", "1/**/", "#1",
			"1#", "\u000b1", "\u20281", "1\u2028", "`a`", "[]x", "{}x", "1n", "1_000", "Infinity", "-NaN" })
	void refusesMetadataThatIsAlmostJson(String text) {
		assertThatExceptionOfType(InvalidOpenException.class).isThrownBy(() -> metadata(text))
			.extracting(InvalidOpenException::reason)
			.asString()
			.contains("metadata");
	}

	private static @Nullable String metadata(String metadata) throws Exception {
		return roundTrip(new StreamRequest(StreamKind.CONNECT, "a", metadata, null)).metadata();
	}

	private static StreamRequest roundTrip(StreamRequest request) throws Exception {
		return OpenPayload.read(ByteBuffer.wrap(OpenPayload.write(request))).request();
	}

}
