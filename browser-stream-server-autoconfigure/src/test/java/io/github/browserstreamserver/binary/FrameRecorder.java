/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes down the frames that a {@link FrameReader} finds. Frames of DATA that come in
 * parts are put together again, and it is checked that the parts fit.
 */
final class FrameRecorder implements FrameHandler {

	private final List<Frame> frames = new ArrayList<>();

	private @Nullable ByteBuffer dataUnderWay;

	private boolean dataFirst;

	/**
	 * A frame.
	 *
	 * @param text its type and values
	 * @param payload the bytes of a PING or DATA, the key of an OPEN; else empty
	 */
	record Frame(String text, ByteBuffer payload) {

		static Frame of(@Nullable Object... values) {
			return new Frame(Arrays.stream(values).map(String::valueOf).collect(Collectors.joining(" ")),
					ByteBuffer.allocate(0));
		}

		Frame with(byte[] bytes) {
			return new Frame(this.text, ByteBuffer.wrap(bytes));
		}

		@Override
		public String toString() {
			return this.text + " " + HexFormat.of().formatHex(this.payload.array());
		}

	}

	/**
	 * Reads whole WebSocket messages.
	 * @param messages the messages
	 * @return their frames
	 * @throws ProtocolException if one is malformed
	 */
	static List<Frame> read(ByteBuffer... messages) throws ProtocolException {
		FrameRecorder recorder = new FrameRecorder();
		FrameReader reader = new FrameReader(recorder);
		for (ByteBuffer message : messages) {
			reader.receive(message, true);
		}
		return recorder.frames();
	}

	List<Frame> frames() {
		return this.frames;
	}

	private void add(Frame frame) {
		assertThat(this.dataUnderWay).as("DATA that is not over when the next frame comes").isNull();
		this.frames.add(frame);
	}

	private static byte[] copy(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

	@Override
	public void hello(Settings settings) {
		add(Frame.of("HELLO", settings.maxStreams(), settings.keepaliveMillis()));
	}

	@Override
	public void ping(boolean answer, ByteBuffer payload) {
		add(Frame.of("PING", answer).with(copy(payload)));
	}

	@Override
	public void open(int stream, OpenPayload open) {
		try {
			StreamRequest request = open.request();
			byte[] key = request.key();
			add(Frame.of("OPEN", stream, request.kind().ordinal() + 1, request.target(), request.metadata())
				.with((key != null && !open.asksForToken()) ? key : new byte[0]));
		}
		catch (InvalidOpenException ex) {
			assertThat(ex.reason()).isNotBlank();
			add(Frame.of("INVALID_OPEN", stream));
		}
	}

	@Override
	public void accept(int stream) {
		add(Frame.of("ACCEPT", stream));
	}

	@Override
	public void data(int stream, @Nullable MessageKind kind, boolean first, boolean last, ByteBuffer part, int charge) {
		ByteBuffer whole = this.dataUnderWay;
		if (charge > 0) {
			assertThat(whole).as("the frame before").isNull();
			whole = ByteBuffer.allocate(charge - Wire.FRAME_COST);
			this.dataFirst = first;
		}
		else {
			assertThat(whole).as("a part without a beginning").isNotNull();
			assertThat(first).as("FIRST on a later part").isFalse();
			assertThat(part.hasRemaining()).as("has bytes").isTrue();
		}
		whole.put(part);
		this.dataUnderWay = whole.hasRemaining() ? whole : null;
		if (whole.hasRemaining()) {
			assertThat(last).as("LAST before the frame's last byte").isFalse();
		}
		else {
			add(Frame.of("DATA", stream, kind, this.dataFirst, last).with(whole.array()));
		}
	}

	@Override
	public void credit(int stream, int bytes) {
		add(Frame.of("CREDIT", stream, bytes));
	}

	@Override
	public void end(int stream) {
		add(Frame.of("END", stream));
	}

	@Override
	public void reset(int stream, ErrorCode code, String reason) {
		add(Frame.of("RESET", stream, code, reason));
	}

	@Override
	public void skipped() {
		add(Frame.of("SKIPPED"));
	}

}
