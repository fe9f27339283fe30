/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.github.browserstreamserver.binary.FrameRecorder.Frame;
import io.github.browserstreamserver.binary.Vectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * {@code vectors/frames.json}, whole and in the most awkward pieces.
 */
class FrameReaderVectorsTests {

	private static final byte[] PING = { Wire.PING, 0, 0, 1, 42 };

	private static final Frame PINGED = Frame.of("PING", false).with(new byte[] { 42 });

	private final FrameRecorder recorder = new FrameRecorder();

	private final FrameReader reader = new FrameReader(this.recorder);

	static List<Vector> good() {
		return Vectors.of("good");
	}

	static List<Vector> bad() {
		return Vectors.of("bad");
	}

	static List<Vector> invalidOpens() {
		return Vectors.of("invalidOpens");
	}

	static List<Vector> invalidData() {
		return Vectors.of("invalidData");
	}

	@ParameterizedTest
	@MethodSource("good")
	void readsWhatIsGood(Vector vector) throws ProtocolException {
		receiveWhole(vector.bytes());
		assertThat(this.recorder.frames()).isEqualTo(vector.frames());
	}

	@ParameterizedTest
	@MethodSource("good")
	void readsWhatIsGoodCutAnywhereIntoTwoParts(Vector vector) throws ProtocolException {
		byte[] bytes = vector.bytes();
		List<Frame> frames = vector.frames();
		for (int cut = 0; cut <= bytes.length; cut++) {
			this.reader.receive(ByteBuffer.wrap(bytes, 0, cut), false);
			this.reader.receive(ByteBuffer.wrap(bytes, cut, bytes.length - cut), true);
			assertThat(this.recorder.frames()).as("cut at %d", cut).isEqualTo(frames);
			this.recorder.frames().clear();
		}
	}

	@ParameterizedTest
	@MethodSource("good")
	void readsWhatIsGoodByteByByte(Vector vector) throws ProtocolException {
		receiveByteByByte(vector.bytes());
		assertThat(this.recorder.frames()).isEqualTo(vector.frames());
	}

	@Test
	void readsAllThatIsGoodAsOneMessage() throws ProtocolException {
		List<Frame> frames = new ArrayList<>();
		byte[] all = joined(frames);
		receiveWhole(all);
		assertThat(this.recorder.frames()).isEqualTo(frames);
	}

	@Test
	void readsAllThatIsGoodAsOneMessageByteByByte() throws ProtocolException {
		List<Frame> frames = new ArrayList<>();
		byte[] all = joined(frames);
		receiveByteByByte(all);
		assertThat(this.recorder.frames()).isEqualTo(frames);
	}

	private static byte[] joined(List<Frame> frames) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (Vector vector : good()) {
			all.writeBytes(vector.bytes());
			frames.addAll(vector.frames());
		}
		return all.toByteArray();
	}

	@ParameterizedTest
	@MethodSource("bad")
	void endsTheConnectionForWhatIsBad(Vector vector) {
		ProtocolException thrown = catchThrowableOfType(ProtocolException.class, () -> receiveWhole(vector.bytes()));
		assertThat(thrown).isNotNull();
		assertThat(thrown.code()).isSameAs(vector.error());
		assertThat(thrown.reason()).isNotBlank();
	}

	@ParameterizedTest
	@MethodSource("bad")
	void endsTheConnectionForWhatIsBadByteByByte(Vector vector) {
		ProtocolException thrown = catchThrowableOfType(ProtocolException.class,
				() -> receiveByteByByte(vector.bytes()));
		assertThat(thrown).isNotNull();
		assertThat(thrown.code()).isSameAs(vector.error());
	}

	@ParameterizedTest
	@MethodSource("bad")
	void deliversAGoodFrameBeforeABadOne(Vector vector) {
		ProtocolException thrown = catchThrowableOfType(ProtocolException.class,
				() -> receiveWhole(join(PING, vector.bytes())));
		assertThat(thrown).isNotNull();
		assertThat(this.recorder.frames()).startsWith(PINGED);
	}

	@ParameterizedTest
	@MethodSource("invalidOpens")
	void readsOnBehindAnOpenThatIsNotAllowed(Vector vector) throws ProtocolException {
		receiveWhole(join(vector.bytes(), PING));
		assertThat(this.recorder.frames()).containsExactly(Frame.of(vector.error(), vector.stream()), PINGED);
	}

	@ParameterizedTest
	@MethodSource("invalidOpens")
	void readsOnBehindAnOpenThatIsNotAllowedByteByByte(Vector vector) throws ProtocolException {
		receiveByteByByte(join(vector.bytes(), PING));
		assertThat(this.recorder.frames()).containsExactly(Frame.of(vector.error(), vector.stream()), PINGED);
	}

	@ParameterizedTest
	@MethodSource("invalidData")
	void readsOnBehindDataOfNoKind(Vector vector) throws ProtocolException {
		receiveWhole(join(vector.bytes(), PING));
		assertThat(this.recorder.frames()).hasSize(2).last().isEqualTo(PINGED);
		assertThat(this.recorder.frames().get(0).text()).startsWith("DATA " + vector.stream() + " null");
	}

	private void receiveWhole(byte[] message) throws ProtocolException {
		this.reader.receive(ByteBuffer.wrap(message), true);
	}

	private void receiveByteByByte(byte[] message) throws ProtocolException {
		for (int index = 0; index < message.length; index++) {
			this.reader.receive(ByteBuffer.wrap(message, index, 1), index == message.length - 1);
		}
		if (message.length == 0) {
			receiveWhole(message);
		}
	}

	private static byte[] join(byte[] first, byte[] second) {
		return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
	}

}
