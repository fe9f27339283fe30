/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.github.browserstreamserver.binary.Vectors.Vector;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.testing.Extent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What no vector thinks of: messages from a seeded random, and vectors with some bytes
 * changed.
 */
class FrameReaderFuzzTests {

	private static final int MESSAGES = Extent.of(40_000, 200_000);

	private static final int LONGEST = 100;

	private final Random random = new Random(20_260_704);

	private final List<byte[]> seeds = Stream.of("good", "bad", "invalidOpens", "invalidData")
		.flatMap((group) -> Vectors.of(group).stream())
		.map(Vector::bytes)
		.filter((bytes) -> bytes.length <= LONGEST)
		.toList();

	@Test
	void readsAnyMessageOrEndsTheConnection() {
		for (int round = 0; round < MESSAGES; round++) {
			byte[] message = message();
			FrameRecorder whole = new FrameRecorder();
			FrameRecorder inParts = new FrameRecorder();
			String outcome = outcome(message, whole, message.length);
			assertThat(outcome(message, inParts, 1 + this.random.nextInt(5))).as(() -> described(message))
				.isEqualTo(outcome);
			assertThat(inParts.frames()).as(() -> described(message)).isEqualTo(whole.frames());
		}
	}

	private String outcome(byte[] message, FrameRecorder recorder, int longestPart) {
		FrameReader reader = new FrameReader(recorder);
		try {
			int from = 0;
			while (from < message.length) {
				int length = Math.min(1 + this.random.nextInt(longestPart), message.length - from);
				reader.receive(ByteBuffer.wrap(message, from, length), false);
				from += length;
			}
			reader.receive(ByteBuffer.allocate(0), true);
			return "read";
		}
		catch (ProtocolException ex) {
			assertThat(ex.code()).isSameAs(ErrorCode.PROTOCOL_ERROR);
			return ex.reason();
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError(described(message), ex);
		}
	}

	@Test
	void allocatesWhatHasComeInWhateverAMessageClaims() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long most = 0;
		for (int round = 0; round < MESSAGES; round++) {
			byte[] message = message();
			long before = threads.getCurrentThreadAllocatedBytes();
			receiveInTwoParts(message);
			long allocated = threads.getCurrentThreadAllocatedBytes() - before;
			// until then classes are loaded
			most = (round > MESSAGES / 10) ? Math.max(most, allocated) : 0;
		}
		assertThat(most).isBetween(512L, Wire.MAX_PAYLOAD / 2L);
	}

	private void receiveInTwoParts(byte[] message) {
		FrameReader reader = new FrameReader(new Ignorant());
		int cut = this.random.nextInt(message.length + 1);
		try {
			reader.receive(ByteBuffer.wrap(message, 0, cut), false);
			reader.receive(ByteBuffer.wrap(message, cut, message.length - cut), true);
		}
		catch (ProtocolException ex) {
			assert ex.code() == ErrorCode.PROTOCOL_ERROR : "these are malformed, nothing else";
		}
	}

	private byte[] message() {
		return switch (this.random.nextInt(4)) {
			case 0 -> randomBytes(this.random.nextInt(40));
			case 1 -> randomFrame();
			default -> mutated(this.seeds.get(this.random.nextInt(this.seeds.size())));
		};
	}

	private byte[] randomBytes(int length) {
		byte[] bytes = new byte[length];
		this.random.nextBytes(bytes);
		return bytes;
	}

	/** One whose head is good, so that the payload is looked at. */
	private byte[] randomFrame() {
		int type = 1 + this.random.nextInt(8);
		byte[] payload = randomBytes(this.random.nextInt(30));
		for (int index = 0; index < payload.length; index++) {
			payload[index] &= (byte) (this.random.nextInt(8) == 0 ? 0xff : 0x07);
		}
		int length = (this.random.nextInt(8) == 0) ? this.random.nextInt(20_000) : payload.length;
		ByteBuffer frame = ByteBuffer.allocate(Wire.MAX_HEAD + payload.length);
		FrameWriter.head(frame, type, (type == Wire.DATA) ? this.random.nextInt(16) : 0, (type <= Wire.PING) ? 0 : 1,
				length);
		frame.put(payload);
		return Arrays.copyOf(frame.array(), frame.position());
	}

	private byte[] mutated(byte[] seed) {
		byte[] bytes = seed.clone();
		for (int change = this.random.nextInt(4); change > 0 && bytes.length > 0; change--) {
			int at = this.random.nextInt(bytes.length);
			switch (this.random.nextInt(5)) {
				case 0 -> bytes[at] = (byte) this.random.nextInt(256);
				case 1 -> bytes[at] ^= (byte) (1 << this.random.nextInt(8));
				case 2 -> bytes = Arrays.copyOf(bytes, at);
				case 3 -> bytes = spliced(bytes, at, at, randomBytes(1 + this.random.nextInt(3)));
				default -> bytes = spliced(bytes, at, at + 1, new byte[0]);
			}
		}
		return bytes;
	}

	private static byte[] spliced(byte[] bytes, int from, int to, byte[] replacement) {
		return ByteBuffer.allocate(from + replacement.length + bytes.length - to)
			.put(bytes, 0, from)
			.put(replacement)
			.put(bytes, to, bytes.length - to)
			.array();
	}

	private static String described(byte[] message) {
		return "message " + HexFormat.ofDelimiter(" ").formatHex(message);
	}

}
