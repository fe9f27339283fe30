/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.browserstreamserver.binary.FrameRecorder.Frame;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.stream.MessageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.browserstreamserver.stream.MessageKind.JSON;
import static io.github.browserstreamserver.stream.MessageKind.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class OutboundPartsTests {

	private static final int STREAM = 300;

	private final OutboundParts parts = new OutboundParts(new Chunks());

	private final SendWindow window = new SendWindow();

	private int returned;

	@Test
	void sendsAMessageOfOnePartInOneFrame() throws ProtocolException {
		add(TEXT, true, true, "hello", 69);
		assertThat(write(100)).isEqualTo(data(TEXT, true, true, "hello"));
		assertThat(this.returned).isEqualTo(69);
		assertThat(this.parts.isEmpty()).isTrue();
	}

	@Test
	void copiesWhatItIsGiven() throws ProtocolException {
		byte[] payload = { 'a' };
		this.parts.add(TEXT, true, true, ByteBuffer.wrap(payload), 65);
		payload[0] = 'b';
		assertThat(write(100)).isEqualTo(data(TEXT, true, true, "a"));
	}

	@Test
	void splitsAPartAtWhatMayBeSent() throws ProtocolException {
		add(TEXT, true, true, "hello", 69);
		assertThat(write(2)).isEqualTo(data(TEXT, true, false, "he"));
		assertThat(write(2)).isEqualTo(data(TEXT, false, false, "ll"));
		assertThat(this.returned).as("what has left, and what it cost beyond that").isEqualTo(4 + 64);
		assertThat(write(2)).isEqualTo(data(TEXT, false, true, "o"));
		assertThat(this.returned).isEqualTo(69);
	}

	@Test
	void endsAMessageThatFitsExactly() throws ProtocolException {
		add(TEXT, true, true, "hello", 69);
		assertThat(write(5)).isEqualTo(data(TEXT, true, true, "hello"));
		assertThat(this.parts.isEmpty()).isTrue();
	}

	@Test
	void joinsSmallPartsOfOneMessageInOneFrame() throws ProtocolException {
		add(TEXT, true, false, "he", 66);
		add(TEXT, false, false, "ll", 66);
		add(TEXT, false, true, "o", 65);
		assertThat(write(100)).isEqualTo(data(TEXT, true, true, "hello"));
		assertThat(this.returned).isEqualTo(66 + 66 + 65);
		assertThat(this.parts.isEmpty()).isTrue();
	}

	@Test
	void joinsAndSplitsAtOnce() throws ProtocolException {
		add(TEXT, true, false, "he", 66);
		add(TEXT, false, true, "llo", 67);
		assertThat(write(4)).isEqualTo(data(TEXT, true, false, "hell"));
		assertThat(this.returned).as("what has left").isEqualTo(4 + 2 * 64);
		assertThat(write(4)).isEqualTo(data(TEXT, false, true, "o"));
		assertThat(this.returned).isEqualTo(66 + 67);
	}

	@Test
	void doesNotWaitForTheRestOfAMessage() throws ProtocolException {
		add(TEXT, true, false, "he", 66);
		assertThat(write(100)).isEqualTo(data(TEXT, true, false, "he"));
		add(TEXT, false, true, "llo", 67);
		assertThat(write(100)).isEqualTo(data(TEXT, false, true, "llo"));
	}

	@Test
	void neverPutsTwoMessagesInAFrame() throws ProtocolException {
		add(TEXT, true, true, "a", 65);
		add(TEXT, true, false, "b", 65);
		assertThat(write(100)).isEqualTo(data(TEXT, true, true, "a"));
		assertThat(write(100)).isEqualTo(data(TEXT, true, false, "b"));
	}

	@Test
	void sendsAnEmptyMessage() throws ProtocolException {
		add(JSON, true, true, "", 64);
		assertThat(this.parts.least()).isZero();
		assertThat(write(0)).isEqualTo(data(JSON, true, true, ""));
		assertThat(this.returned).isEqualTo(64);
		assertThat(this.parts.isEmpty()).isTrue();
	}

	@Test
	void sendsEmptyMessagesOneByOne() throws ProtocolException {
		add(TEXT, true, true, "", 64);
		add(JSON, true, true, "", 64);
		assertThat(write(100)).isEqualTo(data(TEXT, true, true, ""));
		assertThat(write(100)).isEqualTo(data(JSON, true, true, ""));
	}

	@Test
	void endsAMessageWhoseLastPartIsEmpty() throws ProtocolException {
		add(TEXT, true, false, "hello", 69);
		add(TEXT, false, true, "", 64);
		assertThat(write(100)).isEqualTo(data(TEXT, true, true, "hello"));
		assertThat(this.returned).isEqualTo(69 + 64);
		assertThat(this.parts.isEmpty()).as("the empty part is in the frame, too").isTrue();
	}

	@Test
	void endsAMessageWhosePartsAreAllEmpty() throws ProtocolException {
		add(TEXT, true, false, "", 64);
		add(TEXT, false, false, "", 64);
		add(TEXT, false, true, "", 64);
		assertThat(write(100)).isEqualTo(data(TEXT, true, true, ""));
		assertThat(this.returned).isEqualTo(3 * 64);
		assertThat(this.parts.isEmpty()).isTrue();
	}

	@Test
	void saysThatAPartWithBytesNeedsRoomForOne() {
		assertThat(this.parts.least()).isZero();
		add(TEXT, true, true, "a", 65);
		assertThat(this.parts.least()).isEqualTo(1);
	}

	@Test
	void spendsTheCreditOfEachFrame() throws ProtocolException {
		add(TEXT, true, true, "hello", 69);
		int before = this.window.payloadAllowed();
		write(2);
		assertThat(this.window.payloadAllowed()).isEqualTo(before - 66);
		write(100);
		assertThat(this.window.payloadAllowed()).isEqualTo(before - 66 - 67);
	}

	@Test
	void returnsTheCostOfWhatIsDropped() throws ProtocolException {
		add(TEXT, true, false, "he", 66);
		add(TEXT, false, true, "llo", 67);
		add(TEXT, true, true, "", 64);
		write(3);
		assertThat(this.returned).isEqualTo(3 + 2 * 64);
		assertThat(this.parts.clear()).isEqualTo(2 + 64);
		assertThat(this.parts.isEmpty()).isTrue();
		assertThat(this.parts.clear()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 5, 20, 200 })
	void sendsAnyMessagesCutAnyhowAsTheyAre(int longestFrame) throws ProtocolException {
		for (int seed = 0; seed < 2_000; seed++) {
			Conversation conversation = new Conversation(new Random(seed));
			conversation.run(longestFrame, seed);
		}
	}

	private void add(MessageKind kind, boolean first, boolean last, String payload, int cost) {
		this.parts.add(kind, first, last, ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), cost);
	}

	private Frame write(int most) throws ProtocolException {
		ByteBuffer batch = ByteBuffer.allocate(1_000);
		this.returned += this.parts.writeFrame(batch, STREAM, most, this.window);
		List<Frame> frames = FrameRecorder.read(batch.flip());
		assertThat(frames).hasSize(1);
		return frames.get(0);
	}

	private static Frame data(MessageKind kind, boolean first, boolean last, String payload) {
		return Frame.of("DATA", STREAM, kind, first, last).with(payload.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Messages in parts of any size go in, frames of any size come out, and a naive
	 * receiver puts the messages together again.
	 */
	private static final class Conversation {

		private record Part(MessageKind kind, boolean first, boolean last, byte[] payload, int cost) {
		}

		private final Random random;

		private final OutboundParts parts = new OutboundParts(new Chunks());

		private final SendWindow window = new SendWindow();

		private final List<Message> sent = new ArrayList<>();

		private final ArrayDeque<Part> toAdd = new ArrayDeque<>();

		private final Receiver receiver = new Receiver();

		private int overhead;

		private int totalCost;

		private int returned;

		Conversation(Random random) {
			this.random = random;
			int messages = 1 + random.nextInt(6);
			for (int index = 0; index < messages; index++) {
				invent();
			}
		}

		private void invent() {
			MessageKind kind = MessageKind.values()[this.random.nextInt(3)];
			ByteArrayOutputStream whole = new ByteArrayOutputStream();
			int count = 1 + this.random.nextInt(4);
			for (int index = 0; index < count; index++) {
				byte[] payload = new byte[this.random.nextBoolean() ? this.random.nextInt(2) : this.random.nextInt(20)];
				this.random.nextBytes(payload);
				whole.writeBytes(payload);
				this.toAdd.add(new Part(kind, index == 0, index == count - 1, payload, payload.length + 64));
			}
			this.sent.add(Message.of(kind, whole.toByteArray()));
		}

		void run(int longestFrame, int seed) throws ProtocolException {
			this.window.add(1_000_000);
			while (!this.toAdd.isEmpty() || !this.parts.isEmpty()) {
				if (this.parts.isEmpty() || (!this.toAdd.isEmpty() && this.random.nextBoolean())) {
					addNext();
				}
				else {
					writeOne(this.parts.least() + this.random.nextInt(longestFrame), seed);
				}
			}
			assertThat(this.receiver.received).as("seed %d", seed).isEqualTo(this.sent);
			assertThat(this.returned).as("cost, seed %d", seed).isEqualTo(this.totalCost);
		}

		private void addNext() {
			Part part = this.toAdd.remove();
			this.parts.add(part.kind(), part.first(), part.last(), ByteBuffer.wrap(part.payload()), part.cost());
			this.totalCost += part.cost();
			this.overhead += part.cost() - part.payload().length;
		}

		private void writeOne(int most, int seed) throws ProtocolException {
			ByteBuffer batch = ByteBuffer.allocate(1_000);
			int cost = this.parts.writeFrame(batch, STREAM, most, this.window);
			this.returned += cost;
			int before = this.receiver.bytes;
			assertThatNoException().as("seed %d", seed)
				.isThrownBy(() -> new FrameReader(this.receiver).receive(batch.flip(), true));
			assertThat(this.receiver.wrong).as("seed %d", seed).isNull();
			int length = this.receiver.bytes - before;
			assertThat(length).as("length").isLessThanOrEqualTo(most);
			assertThat(length + cost).as("something moved, seed %d", seed).isPositive();
			// not more than has left; what parts cost beyond their bytes may come earlier
			assertThat(this.returned).as("cost of what has left, seed %d", seed)
				.isBetween(this.receiver.bytes, this.receiver.bytes + this.overhead);
			if (this.parts.isEmpty()) {
				assertThat(this.returned).as("cost, seed %d", seed).isEqualTo(this.totalCost);
			}
		}

	}

	/**
	 * A naive receiver.
	 */
	private static final class Receiver extends UnexpectedFrames {

		private final List<Message> received = new ArrayList<>();

		private final MessageEdges edges = new MessageEdges();

		private byte[] message = new byte[0];

		private String wrong;

		private int bytes;

		@Override
		public void data(int stream, MessageKind kind, boolean first, boolean last, ByteBuffer part, int charge) {
			this.wrong = this.edges.take(kind, true, first, last);
			int length = this.message.length;
			this.bytes += part.remaining();
			this.message = Arrays.copyOf(this.message, length + part.remaining());
			part.get(this.message, length, part.remaining());
			if (last) {
				this.received.add(Message.of(kind, this.message));
				this.message = new byte[0];
			}
		}

	}

}
