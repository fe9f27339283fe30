/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import io.github.browserstreamserver.fuzz.Allocation;
import io.github.browserstreamserver.fuzz.Input;
import io.github.browserstreamserver.fuzz.Input.Cuts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client sends over its socket, for a {@link WebSocketReader}. The input says
 * first where it is cut and in what buffers it lies, then what it is. Whatever the cuts
 * are, it is read as the {@link NaiveReader} reads it, and a length that is only claimed
 * costs nothing.
 */
public final class WebSocketReaderFuzzTarget {

	/** More than the four bytes of a mask, so that parts lie anywhere in a word. */
	private static final int MOST_BEFORE = 9;

	private static final int BEHIND = 5;

	private WebSocketReaderFuzzTarget() {
	}

	/**
	 * Runs one input.
	 * @param bytes the input
	 */
	public static void fuzz(byte[] bytes) {
		Input input = new Input(bytes);
		Cuts cuts = input.cuts();
		int lie = input.next();
		ByteOrder order = (lie % 2 == 0) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
		int before = lie / 2 % MOST_BEFORE;
		byte[] sent = input.rest();
		List<String> events = NaiveReader.events(sent);
		assertThat(read(sent, cuts, order, before)).isEqualTo(events);
		assertThat(read(sent, Cuts.NONE, order, before)).isEqualTo(events);
		Allocation.check(sent.length, () -> readOnly(sent, cuts));
	}

	private static List<String> read(byte[] sent, Cuts cuts, ByteOrder order, int before) {
		ReaderRecorder recorder = new ReaderRecorder();
		WebSocketReader reader = new WebSocketReader(recorder);
		try {
			cuts.cut(sent, (from, length) -> {
				// bytes around the part, which are none of the reader's business
				ByteBuffer in = ByteBuffer.allocate(before + length + BEHIND).order(order);
				in.put(before, sent, from, length).position(before).limit(before + length);
				reader.read(in);
				assertThat(in.limit()).isEqualTo(before + length);
				assertThat(in.clear().get(before + length)).isZero();
			});
			return recorder.events();
		}
		catch (WebSocketException ex) {
			List<String> events = new ArrayList<>(recorder.events());
			events.add("failed " + ex.code());
			return events;
		}
	}

	private static void readOnly(byte[] sent, Cuts cuts) {
		// it is unmasked where it lies
		byte[] copy = sent.clone();
		WebSocketReader reader = new WebSocketReader(new Ignorant());
		try {
			cuts.cut(copy, (from, length) -> reader.read(ByteBuffer.wrap(copy, from, length)));
		}
		catch (WebSocketException ex) {
			assertThat(ex.code()).isPositive();
		}
	}

	/**
	 * Looks at nothing, so that only the reader allocates.
	 */
	private static final class Ignorant implements WebSocketReader.Handler {

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
