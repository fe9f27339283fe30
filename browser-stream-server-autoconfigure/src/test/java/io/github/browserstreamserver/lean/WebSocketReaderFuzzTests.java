/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.github.browserstreamserver.testing.Extent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client could send, from a seeded random: frames in good order, and such with
 * some bytes changed. A round is repeated by its seed, which a failure names.
 */
class WebSocketReaderFuzzTests {

	private static final int ROUNDS = Extent.of(2_000, 10_000);

	private static final long SEED = 6_455_000_000L;

	@Test
	void readsGoodFramesAsTheNaiveReaderDoes() {
		int closed = 0;
		int messages = 0;
		for (int round = 0; round < ROUNDS; round++) {
			long seed = SEED + round;
			Random random = new Random(seed);
			byte[] bytes = goodFrames(random);
			List<String> events = NaiveReader.events(bytes);
			assertThat(events.toString()).as(() -> described(seed, bytes)).doesNotContain("failed");
			assertThat(read(seed, bytes, random)).as(() -> described(seed, bytes)).isEqualTo(events);
			messages += events.contains(ReaderRecorder.END) ? 1 : 0;
			closed += (events.stream().anyMatch((event) -> event.startsWith("close"))) ? 1 : 0;
		}
		assertThat(messages).isGreaterThan(ROUNDS / 2);
		assertThat(closed).isGreaterThan(ROUNDS / 20);
	}

	@Test
	void readsOrRefusesWhatIsNotInOrderAsTheNaiveReaderDoes() {
		int failed = 0;
		for (int round = 0; round < ROUNDS; round++) {
			long seed = -SEED - round;
			Random random = new Random(seed);
			byte[] bytes = mutated(goodFrames(random), random);
			List<String> events = NaiveReader.events(bytes);
			assertThat(read(seed, bytes, random)).as(() -> described(seed, bytes)).isEqualTo(events);
			failed += events.toString().contains("failed") ? 1 : 0;
		}
		assertThat(failed).isBetween(ROUNDS / 5, ROUNDS * 4 / 5);
	}

	private static List<String> read(long seed, byte[] bytes, Random random) {
		ReaderRecorder recorder = new ReaderRecorder();
		WebSocketReader reader = new WebSocketReader(recorder);
		int longest = 1 + bytes.length / 1_000 + random.nextInt(random.nextBoolean() ? 4 : 200);
		ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
		try {
			for (int at = 0; at < bytes.length;) {
				int length = Math.min(1 + random.nextInt(longest), bytes.length - at);
				int before = random.nextInt(9);
				// bytes around the part, which are none of the reader's business
				ByteBuffer in = ByteBuffer.allocate(before + length + 5).order(order);
				reader.read(in.put(before, bytes, at, length).position(before).limit(before + length));
				at += length;
			}
			return recorder.events();
		}
		catch (WebSocketException ex) {
			List<String> events = new ArrayList<>(recorder.events());
			events.add("failed " + ex.code());
			return events;
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError(described(seed, bytes), ex);
		}
	}

	private static byte[] goodFrames(Random random) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		boolean inside = false;
		for (int count = 1 + random.nextInt(8); count > 0; count--) {
			ClientFrame frame;
			int what = random.nextInt(20);
			if (what < 14) {
				boolean last = random.nextBoolean();
				int opcode = inside ? 0 : (random.nextInt(8) == 0) ? 1 : 2;
				frame = ClientFrame.of((last ? 0x80 : 0) | opcode, payload(random));
				inside = !last;
			}
			else if (what < 19) {
				frame = ClientFrame.of(random.nextBoolean() ? 0x89 : 0x8a, bytes(random, random.nextInt(126)));
			}
			else if (random.nextBoolean()) {
				frame = ClientFrame.close(3000 + random.nextInt(2000), "äb€".getBytes(StandardCharsets.UTF_8));
			}
			else {
				frame = ClientFrame.close();
			}
			out.writeBytes(frame.withMask((random.nextInt(8) == 0) ? 0 : random.nextInt()).bytes());
		}
		return out.toByteArray();
	}

	private static byte[] payload(Random random) {
		return bytes(random, switch (random.nextInt(400)) {
			case 0 -> 65_530 + random.nextInt(10);
			case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 -> 120 + random.nextInt(200);
			default -> random.nextInt(20);
		});
	}

	private static byte[] bytes(Random random, int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	private static byte[] mutated(byte[] good, Random random) {
		byte[] bytes = good.clone();
		for (int change = 1 + random.nextInt(3); change > 0; change--) {
			// mostly where the heads are
			int at = random.nextInt(Math.min(bytes.length, random.nextBoolean() ? 10 : bytes.length));
			switch (random.nextInt(4)) {
				case 0 -> bytes[at] = (byte) random.nextInt(256);
				case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
				case 2 -> bytes = spliced(bytes, at, 0, bytes(random, 1 + random.nextInt(3)));
				default -> bytes = (bytes.length > 1) ? spliced(bytes, at, 1, new byte[0]) : bytes;
			}
		}
		return bytes;
	}

	private static byte[] spliced(byte[] bytes, int at, int without, byte[] with) {
		return ByteBuffer.allocate(bytes.length - without + with.length)
			.put(bytes, 0, at)
			.put(with)
			.put(bytes, at + without, bytes.length - at - without)
			.array();
	}

	private static String described(long seed, byte[] bytes) {
		return "seed " + seed + ", " + bytes.length + " bytes: "
				+ HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 300));
	}

}
