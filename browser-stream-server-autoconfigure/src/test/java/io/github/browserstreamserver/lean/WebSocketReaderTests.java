/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The MUSTs of RFC 6455 for what a server without extensions reads, byte by byte.
 */
class WebSocketReaderTests {

	private static final int PROTOCOL_ERROR = 1002;

	private static final int RANDOM_CUTS = 20;

	// --- good input, wherever it is cut

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 7, 8, 9, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536, 65_537, 200_000 })
	void readsAMessageOfAnyLength(int length) {
		byte[] payload = random(length);
		assertReads(List.of(ClientFrame.binary(payload)), whole(payload));
	}

	@Test
	void readsMessagesOneBehindTheOther() {
		assertReads(List.of(ClientFrame.binary((byte) 1), ClientFrame.binary(), ClientFrame.binary((byte) 2, (byte) 3)),
				List.of(ReaderRecorder.data((byte) 1), ReaderRecorder.END, ReaderRecorder.END,
						ReaderRecorder.data((byte) 2, (byte) 3), ReaderRecorder.END));
	}

	@Test
	void handsTheFragmentsOfAMessageOnAsOneMessage() {
		assertReads(
				List.of(ClientFrame.begin((byte) 1), ClientFrame.middle((byte) 2, (byte) 3), ClientFrame.end((byte) 4)),
				whole((byte) 1, (byte) 2, (byte) 3, (byte) 4));
	}

	@Test
	void takesEmptyFragmentsAnywhere() {
		assertReads(List.of(ClientFrame.begin(), ClientFrame.middle(), ClientFrame.middle((byte) 1),
				ClientFrame.middle(), ClientFrame.end()), whole((byte) 1));
	}

	@Test
	void endsAMessageOfEmptyFragmentsOnce() {
		assertReads(List.of(ClientFrame.begin(), ClientFrame.middle(), ClientFrame.end()), List.of(ReaderRecorder.END));
	}

	@Test
	void findsControlFramesBetweenFragments() {
		assertReads(
				List.of(ClientFrame.begin((byte) 1), ClientFrame.ping((byte) 7), ClientFrame.middle((byte) 2),
						ClientFrame.pong((byte) 8), ClientFrame.ping(), ClientFrame.end((byte) 3),
						ClientFrame.binary((byte) 4)),
				List.of(ReaderRecorder.data((byte) 1), ReaderRecorder.pinged((byte) 7), ReaderRecorder.data((byte) 2),
						ReaderRecorder.pinged(), ReaderRecorder.data((byte) 3), ReaderRecorder.END,
						ReaderRecorder.data((byte) 4), ReaderRecorder.END));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 4, 124, 125 })
	void handsOnAPingWithItsPayload(int length) {
		byte[] payload = random(length);
		assertReads(List.of(ClientFrame.ping(payload)), List.of(ReaderRecorder.pinged(payload)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125 })
	void takesPongsThatNobodyAskedForWithoutAWord(int length) {
		assertReads(List.of(ClientFrame.pong(random(length)), ClientFrame.binary((byte) 1)), whole((byte) 1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 0x80, 0x01000000, 0xff000000, 0x12345678, -1, Integer.MIN_VALUE })
	void takesAnyMaskOff(int mask) {
		byte[] payload = random(1_001);
		assertReads(List.of(ClientFrame.binary(payload).withMask(mask), ClientFrame.ping((byte) 5).withMask(~mask)),
				List.of(ReaderRecorder.data(payload), ReaderRecorder.END, ReaderRecorder.pinged((byte) 5)));
	}

	@Test
	void takesEachFramesOwnMaskOff() {
		Random random = new Random(4);
		List<ClientFrame> frames = new ArrayList<>();
		byte[] payload = random(200 * 13);
		for (int at = 0; at < payload.length; at += 13) {
			byte[] part = Arrays.copyOfRange(payload, at, at + 13);
			int first = (at == 0) ? 0x02 : (at + 13 == payload.length) ? 0x80 : 0x00;
			frames.add(ClientFrame.of(first, part).withMask(random.nextInt()));
		}
		assertReads(frames, whole(payload));
	}

	@Test
	void reportsATextMessageBeforeItsBytes() {
		assertReads(
				List.of(ClientFrame.text((byte) 'h', (byte) 'i'), ClientFrame.of(0x01, (byte) 'y'),
						ClientFrame.end((byte) 'o')),
				List.of("text", ReaderRecorder.data((byte) 'h', (byte) 'i'), ReaderRecorder.END, "text",
						ReaderRecorder.data((byte) 'y', (byte) 'o'), ReaderRecorder.END));
	}

	@Test
	void reportsATextMessageBeforeItsLengthIsKnown() throws WebSocketException {
		ReaderRecorder recorder = new ReaderRecorder();
		new WebSocketReader(recorder).read(bytes(0x81));
		assertThat(recorder.events()).containsExactly("text");
	}

	@Test
	void handsPayloadOnBeforeItsFrameIsWhole() throws WebSocketException {
		ReaderRecorder recorder = new ReaderRecorder();
		byte[] frame = ClientFrame.binary((byte) 1, (byte) 2, (byte) 3).bytes();
		WebSocketReader reader = new WebSocketReader(recorder);
		reader.read(ByteBuffer.wrap(frame, 0, frame.length - 1));
		assertThat(recorder.events()).containsExactly(ReaderRecorder.data((byte) 1, (byte) 2));
		reader.read(ByteBuffer.wrap(frame, frame.length - 1, 1));
		assertThat(recorder.events()).isEqualTo(whole((byte) 1, (byte) 2, (byte) 3));
	}

	@Test
	void saysOfThePartThatEndsAMessageAloneThatItIsTheLast() throws WebSocketException {
		List<Boolean> lasts = new ArrayList<>();
		WebSocketReader reader = new WebSocketReader(new Ignorant() {
			@Override
			public void data(ByteBuffer part, boolean last) {
				lasts.add(last);
			}
		});
		byte[] frames = ClientFrame.bytes(ClientFrame.begin((byte) 1, (byte) 2), ClientFrame.ping((byte) 9),
				ClientFrame.end((byte) 3, (byte) 4), ClientFrame.binary((byte) 5));
		for (byte one : frames) {
			reader.read(ByteBuffer.wrap(new byte[] { one }));
		}
		assertThat(lasts).containsExactly(false, false, false, true, true);
	}

	@Test
	void leavesTheBufferReadToItsEndWhateverTheHandlerTakesOfAPart() throws WebSocketException {
		ByteBuffer in = ByteBuffer
			.wrap(ClientFrame.bytes(ClientFrame.binary((byte) 1, (byte) 2), ClientFrame.ping((byte) 3)));
		List<Integer> pings = new ArrayList<>();
		new WebSocketReader(new Ignorant() {
			@Override
			public void ping(byte[] payload) {
				pings.add((int) payload[0]);
			}
		}).read(in);
		assertThat(in.hasRemaining()).isFalse();
		assertThat(in.limit()).isEqualTo(in.capacity());
		assertThat(pings).containsExactly(3);
	}

	// --- lengths

	@Test
	void readsAMessageOfMoreThanTwoGigabytes() throws WebSocketException {
		long length = (1L << 31) + 3;
		long[] seen = new long[2];
		WebSocketReader reader = new WebSocketReader(new Ignorant() {
			@Override
			public void data(ByteBuffer part, boolean last) {
				assertThat(seen[1]).isZero();
				seen[0] += part.remaining();
				seen[1] = last ? 1 : 0;
			}
		});
		reader.read(ByteBuffer.wrap(ClientFrame.binary().withLength(127, length).bytes()));
		ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.nativeOrder());
		for (long left = length; left > 0; left -= chunk.limit()) {
			chunk.clear().limit((int) Math.min(left, chunk.capacity()));
			reader.read(chunk);
		}
		assertThat(seen).containsExactly(length, 1);
		assertFails(reader, new byte[] { (byte) 0x80 });
	}

	@ParameterizedTest
	@ValueSource(longs = { 1L << 31, 1L << 32, (1L << 32) + 1, Long.MAX_VALUE })
	void goesOnWaitingForTheBytesThatALengthClaims(long length) throws WebSocketException {
		ReaderRecorder recorder = new ReaderRecorder();
		WebSocketReader reader = new WebSocketReader(recorder);
		reader.read(ByteBuffer.wrap(ClientFrame.binary((byte) 1).withLength(127, length).bytes()));
		reader.read(ByteBuffer.wrap(ClientFrame.binary((byte) 2).bytes()));
		assertThat(recorder.events()).singleElement().asString().startsWith("data 01").hasSize(5 + 2 * 8);
	}

	@Test
	void allocatesNothingForALengthThatIsOnlyClaimed() throws WebSocketException {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		byte[] head = ClientFrame.binary().withLength(127, Long.MAX_VALUE).bytes();
		byte[] byteOfPayload = new byte[1];
		long least = Long.MAX_VALUE;
		for (int round = 0; round < 100; round++) {
			WebSocketReader reader = new WebSocketReader(new Ignorant());
			ByteBuffer first = ByteBuffer.wrap(head.clone());
			ByteBuffer more = ByteBuffer.wrap(byteOfPayload);
			long before = threads.getCurrentThreadAllocatedBytes();
			reader.read(first);
			reader.read(more);
			least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
		}
		assertThat(least).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 125 })
	void refusesALengthOf16BitsThatHasAShorterForm(long length) {
		assertFails(ClientFrame.binary().withLength(126, length));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 125, 126, 65_535 })
	void refusesALengthOf64BitsThatHasAShorterForm(long length) {
		assertFails(ClientFrame.binary().withLength(127, length));
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MIN_VALUE + 65_536, -1, -65_536 })
	void refusesALengthWhoseHighestBitIsSet(long length) {
		assertFails(ClientFrame.binary().withLength(127, length));
	}

	// --- bad heads

	static Stream<ClientFrame> frames() {
		return Stream.of(ClientFrame.binary((byte) 1), ClientFrame.begin(), ClientFrame.text((byte) 1),
				ClientFrame.ping(), ClientFrame.ping((byte) 1), ClientFrame.pong((byte) 1), ClientFrame.close(),
				ClientFrame.close(1000), ClientFrame.binary(new byte[126]), ClientFrame.binary(new byte[65_536]));
	}

	@ParameterizedTest
	@MethodSource("frames")
	void refusesAFrameWithoutAMask(ClientFrame frame) {
		assertFails(frame.withoutMask());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x10, 0x20, 0x40, 0x30, 0x50, 0x60, 0x70 })
	void refusesReservedBits(int bits) {
		for (int first : new int[] { 0x82, 0x02, 0x81, 0x88, 0x89, 0x8a }) {
			assertFails(ClientFrame.of(first | bits));
		}
		assertFailsBehind(List.of(ClientFrame.begin((byte) 1)), ClientFrame.of(0x80 | bits),
				List.of(ReaderRecorder.data((byte) 1)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf })
	void refusesReservedOpcodes(int opcode) {
		assertFails(ClientFrame.of(0x80 | opcode));
		assertFails(ClientFrame.of(opcode));
		assertFailsBehind(List.of(ClientFrame.begin((byte) 1)), ClientFrame.of(0x80 | opcode, (byte) 1),
				List.of(ReaderRecorder.data((byte) 1)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x08, 0x09, 0x0a })
	void refusesAControlFrameInFragments(int first) {
		assertFails(ClientFrame.of(first));
		assertFailsBehind(List.of(ClientFrame.begin()), ClientFrame.of(first), List.of());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x88, 0x89, 0x8a })
	void refusesAControlFrameOfMoreThan125Bytes(int first) {
		assertFails(ClientFrame.of(first, new byte[126]));
		assertFails(ClientFrame.of(first, new byte[65_536]));
		assertFails(ClientFrame.of(first).withLength(126, 5));
		assertFails(ClientFrame.of(first).withLength(127, 5));
		assertFails(ClientFrame.of(first).withLength(127, Long.MAX_VALUE));
	}

	@Test
	void refusesAContinuationOfNothing() {
		assertFails(ClientFrame.end((byte) 1));
		assertFails(ClientFrame.middle((byte) 1));
		assertFailsBehind(List.of(ClientFrame.binary((byte) 1)), ClientFrame.end((byte) 2), whole((byte) 1));
		assertFailsBehind(List.of(ClientFrame.begin((byte) 1), ClientFrame.end()), ClientFrame.end((byte) 2),
				whole((byte) 1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x82, 0x02, 0x81, 0x01 })
	void refusesAMessageInsideAnother(int first) {
		assertFailsBehind(List.of(ClientFrame.begin((byte) 1)), ClientFrame.of(first, (byte) 2),
				List.of(ReaderRecorder.data((byte) 1)));
		assertFailsBehind(List.of(ClientFrame.begin(), ClientFrame.ping(), ClientFrame.middle()),
				ClientFrame.of(first, (byte) 2), List.of(ReaderRecorder.pinged()));
	}

	@Test
	void refusesABadHeadBeforeItIsWhole() {
		assertFails(new WebSocketReader(new Ignorant()), new byte[] { (byte) 0xc2 });
		assertFails(new WebSocketReader(new Ignorant()), new byte[] { (byte) 0x82, 0x01 });
		assertFails(new WebSocketReader(new Ignorant()), new byte[] { (byte) 0x89, (byte) 0xfe });
	}

	@Test
	void readsNothingMoreAfterAnError() throws WebSocketException {
		ReaderRecorder recorder = new ReaderRecorder();
		WebSocketReader reader = new WebSocketReader(recorder);
		assertFails(reader, ClientFrame.bytes(ClientFrame.of(0xc2, (byte) 1), ClientFrame.ping()));
		reader.read(ByteBuffer.wrap(ClientFrame.bytes(ClientFrame.ping((byte) 2), ClientFrame.of(0x83))));
		reader.read(ByteBuffer.wrap(new byte[200]));
		assertThat(recorder.events()).isEmpty();
	}

	// --- close frames

	private static IntStream codes(boolean allowed) {
		return IntStream.rangeClosed(0, 65_535)
			.filter((code) -> allowed == ((code >= 1000 && code <= 1014 && (code < 1004 || code > 1006))
					|| (code >= 3000 && code <= 4999)));
	}

	@Test
	void readsACloseFrameWithoutACode() {
		assertReads(List.of(ClientFrame.close()), List.of("close 1005 null"));
	}

	@Test
	void readsEveryCodeThatMayBeSent() {
		codes(true).forEach(
				(code) -> assertThat(events(ClientFrame.close(code).bytes())).containsExactly("close " + code + " "));
	}

	@Test
	void refusesEveryCodeThatMayNotBeSent() {
		codes(false).forEach((code) -> assertFails(ClientFrame.close(code)));
	}

	@Test
	void refusesHalfACode() {
		assertFails(ClientFrame.close((byte) 3));
	}

	@Test
	void readsAReasonOfUpTo123Bytes() {
		byte[] reason = "ä€😀".repeat(13).getBytes(StandardCharsets.UTF_8);
		assertReads(List.of(ClientFrame.close(4000, reason)), List.of("close 4000 " + "ä€😀".repeat(13)));
		assertReads(List.of(ClientFrame.close(1000, new byte[123])), List.of("close 1000 " + "\0".repeat(123)));
	}

	static Stream<byte[]> illegalUtf8() {
		return Stream
			.of(new int[] { 0x80 }, new int[] { 0xc3 }, new int[] { 0xc0, 0xaf }, new int[] { 0xe0, 0x80, 0xaf },
					new int[] { 0xed, 0xa0, 0x80 }, new int[] { 0xf4, 0x90, 0x80, 0x80 }, new int[] { 0xff },
					new int[] { 'a', 0xe2, 0x82 }, new int[] { 0xf0, 0x9f, 0x98, 'x' })
			.map(WebSocketReaderTests::toBytes);
	}

	@ParameterizedTest
	@MethodSource("illegalUtf8")
	void refusesAReasonThatIsNotUtf8(byte[] reason) {
		assertFails(1007, ClientFrame.close(1000, reason));
	}

	@Test
	void readsNothingBehindACloseFrame() {
		byte[] garbage = ClientFrame.bytes(ClientFrame.binary((byte) 1), ClientFrame.ping(), ClientFrame.close(),
				ClientFrame.of(0xff).withoutMask());
		byte[] close = ClientFrame.close(1000).bytes();
		byte[] all = Arrays.copyOf(close, close.length + garbage.length);
		System.arraycopy(garbage, 0, all, close.length, garbage.length);
		assertReads(all, List.of("close 1000 "));
	}

	@Test
	void findsACloseFrameInsideAMessage() {
		assertReads(List.of(ClientFrame.begin((byte) 1), ClientFrame.close(1001), ClientFrame.end((byte) 2)),
				List.of(ReaderRecorder.data((byte) 1), "close 1001 "));
	}

	// ---

	private static List<String> whole(byte... payload) {
		return (payload.length > 0) ? List.of(ReaderRecorder.data(payload), ReaderRecorder.END)
				: List.of(ReaderRecorder.END);
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	private static byte[] toBytes(int... bytes) {
		byte[] copy = new byte[bytes.length];
		for (int index = 0; index < bytes.length; index++) {
			copy[index] = (byte) bytes[index];
		}
		return copy;
	}

	private static ByteBuffer bytes(int... bytes) {
		return ByteBuffer.wrap(toBytes(bytes));
	}

	private static void assertReads(List<ClientFrame> frames, List<String> expected) {
		assertReads(ClientFrame.bytes(frames.toArray(ClientFrame[]::new)), expected);
	}

	/**
	 * All in one, each byte in a call of its own, and at random cuts.
	 */
	private static void assertReads(byte[] bytes, List<String> expected) {
		assertThat(events(bytes)).isEqualTo(expected);
		assertThat(events(bytes, 1, new Random(0))).isEqualTo(expected);
		for (int seed = 0; seed < RANDOM_CUTS; seed++) {
			assertThat(events(bytes, 2 + seed * seed * seed, new Random(seed))).as("cuts of seed " + seed)
				.isEqualTo(expected);
		}
	}

	private static List<String> events(byte[] bytes) {
		return events(bytes, bytes.length, null);
	}

	private static List<String> events(byte[] bytes, int longest, Random random) {
		ReaderRecorder recorder = new ReaderRecorder();
		WebSocketReader reader = new WebSocketReader(recorder);
		byte[] copy = bytes.clone();
		try {
			for (int at = 0; at < copy.length;) {
				int length = (random == null) ? copy.length : Math.min(1 + random.nextInt(longest), copy.length - at);
				reader.read(ByteBuffer.wrap(copy, at, length));
				at += length;
			}
		}
		catch (WebSocketException ex) {
			throw new AssertionError(ex);
		}
		return recorder.events();
	}

	private static void assertFails(ClientFrame frame) {
		assertFails(PROTOCOL_ERROR, frame);
	}

	private static void assertFails(int code, ClientFrame frame) {
		assertFailsBehind(code, List.of(), frame, List.of());
	}

	private static void assertFailsBehind(List<ClientFrame> before, ClientFrame bad, List<String> expected) {
		assertFailsBehind(PROTOCOL_ERROR, before, bad, expected);
	}

	/**
	 * A frame that fails, whole and byte by byte, and of which nothing is handed on but
	 * that it is a text.
	 */
	private static void assertFailsBehind(int code, List<ClientFrame> before, ClientFrame bad, List<String> expected) {
		byte[] good = ClientFrame.bytes(before.toArray(ClientFrame[]::new));
		for (boolean byteByByte : new boolean[] { true, false }) {
			ReaderRecorder recorder = new ReaderRecorder();
			WebSocketReader reader = new WebSocketReader(recorder);
			try {
				reader.read(ByteBuffer.wrap(good.clone()));
			}
			catch (WebSocketException ex) {
				throw new AssertionError(ex);
			}
			assertThatExceptionOfType(WebSocketException.class).as(bad::toString)
				.isThrownBy(() -> read(reader, bad.bytes(), byteByByte))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code))
				.satisfies((ex) -> assertThat(ex.reason().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 123));
			assertThat(recorder.events().stream().filter((event) -> !event.equals("text"))).isEqualTo(expected);
		}
	}

	private static void read(WebSocketReader reader, byte[] bytes, boolean byteByByte) throws WebSocketException {
		int step = byteByByte ? 1 : bytes.length;
		for (int at = 0; at < bytes.length; at += step) {
			reader.read(ByteBuffer.wrap(bytes, at, step));
		}
	}

	private static void assertFails(WebSocketReader reader, byte[] bytes) {
		assertThatExceptionOfType(WebSocketException.class).isThrownBy(() -> reader.read(ByteBuffer.wrap(bytes)))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(PROTOCOL_ERROR));
	}

	/**
	 * Looks at nothing.
	 */
	private static class Ignorant implements WebSocketReader.Handler {

		@Override
		public void data(ByteBuffer part, boolean last) {
		}

		@Override
		public void text() {
		}

		@Override
		public void ping(byte[] payload) {
		}

		@Override
		public void pong(byte[] payload) {
		}

		@Override
		public void close(ByteBuffer payload) {
		}

	}

}
