/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;

import io.github.browserstreamserver.fuzz.Allocation;
import io.github.browserstreamserver.fuzz.Input;
import io.github.browserstreamserver.fuzz.Input.Cuts;
import io.github.browserstreamserver.stream.ErrorCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One WebSocket message for a {@link FrameReader}. The input says first where it is cut,
 * then what it is. It means the same whole and in parts, nothing but a
 * {@link ProtocolException} comes out, and it is held and allocated what has come in, not
 * what was claimed.
 */
public final class FrameReaderFuzzTarget {

	private static final int LEAST_ASSEMBLY = 256;

	private FrameReaderFuzzTarget() {
	}

	/**
	 * Runs one input.
	 * @param bytes the input
	 */
	public static void fuzz(byte[] bytes) {
		Input input = new Input(bytes);
		Cuts cuts = input.cuts();
		byte[] message = input.rest();
		FrameRecorder whole = new FrameRecorder();
		FrameRecorder inParts = new FrameRecorder();
		String outcome = read(message, Cuts.NONE, whole);
		assertThat(read(message, cuts, inParts)).isEqualTo(outcome);
		assertThat(inParts.frames()).isEqualTo(whole.frames());
		checkAssembly(message, cuts);
		Allocation.check(message.length, () -> read(message, cuts, new Ignorant()));
	}

	private static String read(byte[] message, Cuts cuts, FrameHandler handler) {
		FrameReader reader = new FrameReader(handler);
		try {
			cuts.cut(message, (from, length) -> reader.receive(ByteBuffer.wrap(message, from, length), false));
			reader.receive(ByteBuffer.allocate(0), true);
			return "read";
		}
		catch (ProtocolException ex) {
			assertThat(ex.code()).isSameAs(ErrorCode.PROTOCOL_ERROR);
			return ex.reason();
		}
	}

	private static void checkAssembly(byte[] message, Cuts cuts) {
		Assembly assembly = new Assembly();
		FrameReader reader = new FrameReader(assembly);
		try {
			cuts.cut(message, (from, length) -> {
				assembly.cameIn += length;
				reader.receive(ByteBuffer.wrap(message, from, length), false);
			});
			reader.receive(ByteBuffer.allocate(0), true);
			assertThat(assembly.held).isZero();
		}
		catch (ProtocolException ex) {
			assertThat(assembly.held).isNotNegative();
		}
	}

	/**
	 * Counts what is held for frames that have not come in whole.
	 */
	private static final class Assembly extends Ignorant {

		private int cameIn;

		private int held;

		@Override
		public void assembles(int bytes) {
			this.held += bytes;
			assertThat(bytes).isPositive();
			assertThat(this.held).isLessThanOrEqualTo(Math.max(LEAST_ASSEMBLY, 2 * this.cameIn));
		}

		@Override
		public void assembled(int bytes) {
			assertThat(bytes).isEqualTo(this.held);
			this.held = 0;
		}

	}

}
