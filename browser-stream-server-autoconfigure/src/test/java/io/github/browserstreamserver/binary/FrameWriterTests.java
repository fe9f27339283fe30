/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import io.github.browserstreamserver.binary.FrameRecorder.Frame;
import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.StreamKind;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameWriterTests {

	private static final int[] IDS = { 1, 2, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456,
			Integer.MAX_VALUE };

	private final FrameWriter writer = new FrameWriter(new Allowance(new Budget(1 << 20)));

	private final NaiveEncoder naive = new NaiveEncoder();

	@ParameterizedTest
	@CsvSource({ "1, 0", "1, 1", "1000, 15000", "127, 128", "16384, 268435456", "2147483647, 2147483647",
			"2147483647, 0" })
	void writesHello(int maxStreams, int keepalive) {
		this.writer.hello(new Settings(maxStreams, keepalive));
		this.naive.hello(maxStreams, keepalive);
		assertThat(drained()).isEqualTo(this.naive.hex());
	}

	@ParameterizedTest
	@EnumSource
	void writesOpen(StreamKind kind) {
		for (int id : IDS) {
			open(id, kind, "a", null);
			open(id, kind, "n\u00e4me \ud83e\udd89", "{\"x\":1}");
			open(id, kind, "n".repeat(127), "1".repeat(128));
			open(id, kind, "n".repeat(255), "1" + " ".repeat(4_095));
		}
	}

	private void open(int id, StreamKind kind, String target, @Nullable String metadata) {
		NaiveEncoder expected = new NaiveEncoder();
		expected.open(id, kind.ordinal() + 1, target, metadata);
		assertThat(opened(id, new StreamRequest(kind, target, metadata, null))).isEqualTo(expected.hex());
	}

	private static String opened(int id, StreamRequest request) {
		ByteBuffer to = ByteBuffer.allocate(Wire.MAX_HEAD + Wire.MAX_PAYLOAD);
		FrameWriter.open(to, id, OpenPayload.write(request));
		return HexFormat.of().formatHex(to.array(), 0, to.position());
	}

	@Test
	void neverPassesAKeyOn() {
		this.naive.open(2, 1, "a", null);
		assertThat(opened(2, new StreamRequest(StreamKind.LISTEN, "a", null, new byte[16])))
			.isEqualTo(this.naive.hex());
	}

	@Test
	void writesAccept() {
		for (int id : IDS) {
			this.writer.accept(id);
			this.naive.frame(4, 0, id, new byte[0]);
		}
		assertThat(drained()).isEqualTo(this.naive.hex());
	}

	@ParameterizedTest
	@EnumSource
	void writesReset(ErrorCode code) {
		for (int id : IDS) {
			this.writer.reset(id, code, "zu voll \u2013 sp\u00e4ter \ud83e\udd89");
			this.naive.reset(id, code.number(), "zu voll \u2013 sp\u00e4ter \ud83e\udd89");
			this.writer.reset(id, code, "");
			this.naive.reset(id, code.number(), "");
		}
		assertThat(drained()).isEqualTo(this.naive.hex());
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "\u00e9", "\u20ac", "\ud83e\udd89" })
	void cutsALongReasonBetweenTwoCharacters(String character) throws ProtocolException {
		for (int shift = 0; shift < 4; shift++) {
			String reason = "x".repeat(shift) + character.repeat(300);
			this.writer.reset(1, ErrorCode.REFUSED, reason);
			this.naive.reset(1, 3, reason);
		}
		ByteBuffer batch = ByteBuffer.allocate(4_096);
		this.writer.drainTo(batch);
		assertThat(hex(batch)).isEqualTo(this.naive.hex());
		assertThat(FrameRecorder.read(batch.flip())).allMatch((frame) -> frame.text().endsWith(character));
	}

	@Test
	void writesCreditEndAndPing() {
		ByteBuffer to = ByteBuffer.allocate(4_096);
		for (int id : IDS) {
			for (int bytes : IDS) {
				FrameWriter.credit(to, id, bytes);
				this.naive.frame(6, 0, id, NaiveEncoder.varint(bytes));
			}
			FrameWriter.end(to, id);
			this.naive.frame(7, 0, id, new byte[0]);
		}
		byte[] longest = new byte[64];
		Arrays.fill(longest, (byte) 0xaa);
		for (byte[] payload : new byte[][] { {}, { 1, 2, 3 }, longest }) {
			FrameWriter.ping(to, false, payload);
			this.naive.frame(2, 0, 0, payload);
			FrameWriter.ping(to, true, payload);
			this.naive.frame(2, 1, 0, payload);
		}
		assertThat(hex(to)).isEqualTo(this.naive.hex());
	}

	@Test
	void drainsWholeFramesInOrderIntoSmallBatches() throws ProtocolException {
		Random random = new Random(5);
		for (int round = 0; round < 200; round++) {
			int frames = 1 + random.nextInt(300);
			for (int frame = 0; frame < frames; frame++) {
				writeAny(random);
			}
			ByteArrayOutputStream drained = new ByteArrayOutputStream();
			while (!this.writer.isEmpty()) {
				ByteBuffer batch = ByteBuffer.allocate(5_000 + random.nextInt(3_000));
				this.writer.drainTo(batch);
				drained.write(batch.array(), 0, batch.position());
				assertThat(FrameRecorder.read(batch.flip())).isNotEmpty();
			}
			assertThat(HexFormat.of().formatHex(drained.toByteArray())).isEqualTo(this.naive.hex());
			this.naive.clear();
		}
	}

	private void writeAny(Random random) {
		int id = IDS[random.nextInt(IDS.length)];
		String text = "\u20ac".repeat(random.nextInt(120));
		switch (random.nextInt(4)) {
			case 0 -> open(id, StreamKind.CONNECT, "name", " ".repeat(random.nextInt(4_095)) + "1");
			case 1 -> {
				this.writer.accept(id);
				this.naive.frame(4, 0, id, new byte[0]);
			}
			case 2 -> {
				this.writer.reset(id, ErrorCode.LIMIT, text);
				this.naive.reset(id, 4, text);
			}
			default -> {
				this.writer.hello(new Settings(id, id));
				this.naive.hello(id, id);
			}
		}
	}

	@Test
	void leavesWhatDoesNotFitForTheNextBatch() throws ProtocolException {
		this.writer.accept(1);
		ByteBuffer batch = ByteBuffer.allocate(3);
		this.writer.drainTo(batch);
		assertThat(batch.position()).isZero();
		assertThat(this.writer.isEmpty()).isFalse();
		this.writer.accept(3);
		ByteBuffer larger = ByteBuffer.allocate(100);
		this.writer.drainTo(larger);
		assertThat(FrameRecorder.read(larger.flip())).containsExactly(Frame.of("ACCEPT", 1), Frame.of("ACCEPT", 3));
	}

	@Test
	void saysHowMuchWaitsAndNotLess() {
		assertThat(this.writer.waiting()).isZero();
		for (int id = 1; id < 1_000; id++) {
			this.writer.reset(id, ErrorCode.LIMIT, "why");
			this.naive.reset(id, 4, "why");
		}
		assertThat(this.writer.waiting()).isBetween(this.naive.size(), 3 * this.naive.size());
		drained();
		assertThat(this.writer.waiting()).isZero();
	}

	@Test
	void doesNotCountWhatWasDrainedAsWaiting() {
		for (int id = 1; id < 1_000; id++) {
			this.writer.reset(id, ErrorCode.LIMIT, "why");
		}
		int before = this.writer.waiting();
		ByteBuffer batch = ByteBuffer.allocate(5_000);
		this.writer.drainTo(batch);
		assertThat(this.writer.waiting()).isLessThanOrEqualTo(before - batch.position());
	}

	@Test
	void forgetsEverythingWhenItIsCleared() {
		this.writer.accept(1);
		this.writer.clear();
		assertThat(this.writer.isEmpty()).isTrue();
		assertThat(this.writer.waiting()).isZero();
		assertThat(drained()).isEmpty();
	}

	private String drained() {
		ByteBuffer batch = ByteBuffer.allocate(1_000_000);
		this.writer.drainTo(batch);
		assertThat(this.writer.isEmpty()).isTrue();
		return hex(batch);
	}

	private static String hex(ByteBuffer written) {
		return HexFormat.of().formatHex(written.array(), 0, written.position());
	}

	/**
	 * The protocol page once more, as simply as can be.
	 */
	private static final class NaiveEncoder {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		static byte[] varint(long value) {
			ByteArrayOutputStream varint = new ByteArrayOutputStream();
			long rest = value;
			while (rest >= 128) {
				varint.write((int) (rest % 128 + 128));
				rest = rest / 128;
			}
			varint.write((int) rest);
			return varint.toByteArray();
		}

		void frame(int type, int flags, int stream, byte[] payload) {
			this.bytes.write(type);
			this.bytes.write(flags);
			this.bytes.writeBytes(varint(stream));
			this.bytes.writeBytes(varint(payload.length));
			this.bytes.writeBytes(payload);
		}

		void hello(int maxStreams, int keepalive) {
			ByteArrayOutputStream payload = new ByteArrayOutputStream();
			payload.write(1);
			prefixed(payload, varint(maxStreams));
			if (keepalive > 0) {
				payload.write(2);
				prefixed(payload, varint(keepalive));
			}
			frame(1, 0, 0, payload.toByteArray());
		}

		void open(int stream, int kind, String target, @Nullable String metadata) {
			ByteArrayOutputStream payload = new ByteArrayOutputStream();
			payload.write(kind);
			prefixed(payload, target.getBytes(StandardCharsets.UTF_8));
			prefixed(payload, (metadata != null) ? metadata.getBytes(StandardCharsets.UTF_8) : new byte[0]);
			frame(3, 0, stream, payload.toByteArray());
		}

		void reset(int stream, int code, String reason) {
			StringBuilder cut = new StringBuilder();
			int length = 0;
			for (int character : reason.codePoints().toArray()) {
				length += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
				if (length > 255) {
					break;
				}
				cut.appendCodePoint(character);
			}
			ByteArrayOutputStream payload = new ByteArrayOutputStream();
			payload.writeBytes(varint(code));
			payload.writeBytes(cut.toString().getBytes(StandardCharsets.UTF_8));
			frame(8, 0, stream, payload.toByteArray());
		}

		private static void prefixed(ByteArrayOutputStream to, byte[] bytes) {
			to.writeBytes(varint(bytes.length));
			to.writeBytes(bytes);
		}

		String hex() {
			return HexFormat.of().formatHex(this.bytes.toByteArray());
		}

		int size() {
			return this.bytes.size();
		}

		void clear() {
			this.bytes.reset();
		}

	}

}
