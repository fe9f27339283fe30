/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Lines in a stream of text (facts, section 2: a message may hold several lines or a part
 * of one; split at the newline, keep the rest).
 */
class LineSplitterTests {

	private static final int MAX_LINE = 100;

	private final Budget budget = new Budget(10_000);

	private final LineSplitter splitter = new LineSplitter(this.budget, MAX_LINE);

	private final List<String> lines = new ArrayList<>();

	@AfterEach
	void givesEverythingBack() {
		this.splitter.close();
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void wholeLineCostsNothing() throws MuxDemuxException {
		receive("abc\n");
		assertThat(this.lines).containsExactly("abc");
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void aLineOfAQuarterOfTheMemoryFitsAlsoWhenOthersHaveAsMuch() throws MuxDemuxException {
		long others = 80_000;
		Budget shared = new Budget(4 * others);
		assertThat(shared.tryReserve(others)).isTrue();
		LineSplitter large = new LineSplitter(shared, (int) others);
		for (int piece = 0; piece < 800; piece++) {
			large.receive(ByteBuffer.wrap("x".repeat(100).getBytes(StandardCharsets.UTF_8)), this::take);
		}
		large.receive(ByteBuffer.wrap(new byte[] { '\n' }), this::take);
		assertThat(this.lines).containsExactly("x".repeat(80_000));
		large.close();
		assertThat(shared.reserved()).isEqualTo(others);
	}

	@Test
	void severalLinesInOneMessageComeInOrder() throws MuxDemuxException {
		receive("abc\n\nd\u00e9f\nrest");
		assertThat(this.lines).containsExactly("abc", "", "d\u00e9f");
		receive("\n");
		assertThat(this.lines).last().isEqualTo("rest");
	}

	@Test
	void textCutAtEveryByteGivesTheSameLines() throws MuxDemuxException {
		byte[] text = "[\"a\"]\n\u20ac\ud83d\ude00\n\nlast\nopen".getBytes(StandardCharsets.UTF_8);
		for (int cut = 0; cut <= text.length; cut++) {
			this.lines.clear();
			LineSplitter each = new LineSplitter(this.budget, MAX_LINE);
			each.receive(ByteBuffer.wrap(text, 0, cut), this::take);
			each.receive(ByteBuffer.wrap(text, cut, text.length - cut), this::take);
			assertThat(this.lines).containsExactly("[\"a\"]", "\u20ac\ud83d\ude00", "", "last");
			each.close();
			assertThat(this.budget.reserved()).isZero();
		}
	}

	@Test
	void textOfSingleBytesGivesTheSameLines() throws MuxDemuxException {
		for (byte each : "ab\ncd\u00e9\n".getBytes(StandardCharsets.UTF_8)) {
			this.splitter.receive(ByteBuffer.wrap(new byte[] { each }), this::take);
		}
		assertThat(this.lines).containsExactly("ab", "cd\u00e9");
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void beginningOfALineIsReservedUntilItsEnd() throws MuxDemuxException {
		receive("begun");
		assertThat(this.budget.reserved()).isPositive();
		receive(" and ended\n");
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void longestLineIsTakenAndOneByteMoreIsNot() throws MuxDemuxException {
		receive("x".repeat(MAX_LINE));
		receive("\n");
		receive("y".repeat(MAX_LINE) + "\n");
		assertThat(this.lines).containsExactly("x".repeat(MAX_LINE), "y".repeat(MAX_LINE));
		receive("x".repeat(MAX_LINE));
		assertIsLimit("x");
	}

	@Test
	void longLineInOnePieceIsNotTaken() {
		assertIsLimit("x".repeat(MAX_LINE + 1) + "\n");
		assertThat(this.lines).isEmpty();
	}

	@Test
	void lineThatEndsTooLateIsNotTaken() throws MuxDemuxException {
		receive("x".repeat(MAX_LINE - 1));
		assertIsLimit("xx\n");
		assertThat(this.lines).isEmpty();
	}

	@Test
	void lineWithoutEndIsBounded() {
		assertIsLimit("x".repeat(5_000));
		assertThat(this.budget.reserved()).isLessThanOrEqualTo(1_024);
	}

	@Test
	void lineThatTheBudgetCannotHoldIsALimit() {
		LineSplitter poor = new LineSplitter(new Budget(500), 4_000);
		assertThatExceptionOfType(MuxDemuxException.class)
			.isThrownBy(() -> poor.receive(ByteBuffer.wrap(new byte[600]), this::take))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.LIMIT));
	}

	@Test
	void cutLineThatIsRefusedIsGivenBack() throws MuxDemuxException {
		receive("ru");
		assertThatExceptionOfType(MuxDemuxException.class).isThrownBy(() -> this.splitter
			.receive(ByteBuffer.wrap("bbish\n".getBytes(StandardCharsets.UTF_8)), (bytes, offset, size) -> {
				throw new MuxDemuxException(ErrorCode.PROTOCOL_ERROR, "rubbish");
			}));
		assertThat(this.budget.reserved()).isZero();
	}

	private void assertIsLimit(String text) {
		assertThatExceptionOfType(MuxDemuxException.class).isThrownBy(() -> receive(text))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.LIMIT));
	}

	private void receive(String text) throws MuxDemuxException {
		this.splitter.receive(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), this::take);
	}

	private void take(byte[] bytes, int offset, int size) {
		this.lines.add(new String(bytes, offset, size, StandardCharsets.UTF_8));
	}

}
