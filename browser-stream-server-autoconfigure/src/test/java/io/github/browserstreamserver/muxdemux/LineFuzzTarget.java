/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.browserstreamserver.fuzz.Allocation;
import io.github.browserstreamserver.fuzz.Input;
import io.github.browserstreamserver.fuzz.Input.Cuts;
import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dialect of the original. The input's first byte says whether the rest is text for
 * the decoder alone, or a {@link LineConversation}. The text means the same whole and in
 * parts, a line that was read and is written again reads the same, nothing but a
 * {@link MuxDemuxException} comes out, and the budget knows of what is kept.
 */
public final class LineFuzzTarget {

	private static final int MAX_LINE = 2_000;

	private static final int LEAST_KEPT = 1_024;

	private static final Meta.Reader METAS = new Meta.Reader(List.of("/stream-server", "/browser-server"));

	private LineFuzzTarget() {
	}

	/**
	 * Runs one input.
	 * @param bytes the input
	 */
	public static void fuzz(byte[] bytes) {
		Input input = new Input(bytes);
		if (input.next(2) != 0) {
			LineConversation.run(input);
			return;
		}
		Cuts cuts = input.cuts();
		byte[] text = input.rest();
		assertThat(read(text, cuts)).isEqualTo(read(text, Cuts.NONE));
		Allocation.check(text.length, () -> split(text, cuts));
	}

	private static List<String> read(byte[] text, Cuts cuts) {
		List<String> found = new ArrayList<>();
		Budget budget = new Budget(Integer.MAX_VALUE);
		LineSplitter splitter = new LineSplitter(budget, MAX_LINE);
		try {
			cuts.cut(text, (from, length) -> {
				splitter.receive(ByteBuffer.wrap(text, from, length), (bytes, offset, size) -> {
					Line line = Line.read(bytes, offset, size);
					found.add((line != null) ? described(line) : "empty");
				});
				assertThat(budget.reserved()).isLessThanOrEqualTo(Math.max(LEAST_KEPT, 2L * (from + length)));
			});
		}
		catch (MuxDemuxException ex) {
			found.add(ex.code() + " " + ex.reason());
		}
		splitter.close();
		assertThat(budget.reserved()).isZero();
		return found;
	}

	private static void split(byte[] text, Cuts cuts) {
		LineSplitter splitter = new LineSplitter(new Budget(Integer.MAX_VALUE), MAX_LINE);
		try {
			cuts.cut(text, (from, length) -> splitter.receive(ByteBuffer.wrap(text, from, length),
					(bytes, offset, size) -> assertThatItFits(bytes, offset, size)));
		}
		catch (MuxDemuxException ex) {
			assertThat(ex.reason()).isNotEmpty();
		}
	}

	private static void assertThatItFits(byte[] bytes, int offset, int size) {
		if (offset < 0 || size < 0 || offset + size > bytes.length || size > MAX_LINE) {
			throw new AssertionError("a line of " + size + " at " + offset + " of " + bytes.length);
		}
	}

	private static String described(Line line) throws MuxDemuxException {
		String values = values(line);
		String meta = line.meta();
		String role = (meta != null) ? String.valueOf(METAS.read(meta)) : "no meta";
		byte[] again = Lines.line(line.id(), line.event(), Json.value(line.kind(), line.value().duplicate()));
		Line read = Line.read(again, 0, again.length - 1);
		assertThat(read).isNotNull();
		assertThat(values(read)).isEqualTo(values);
		return values + " " + role;
	}

	private static String values(@Nullable Line line) {
		assertThat(line).isNotNull();
		String value = StandardCharsets.UTF_8.decode(line.value().duplicate()).toString();
		return line.id() + " " + line.event() + " " + line.kind() + " "
				+ ((line.kind() == MessageKind.JSON) ? value.strip() : value);
	}

}
