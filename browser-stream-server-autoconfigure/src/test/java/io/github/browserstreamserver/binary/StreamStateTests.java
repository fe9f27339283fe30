/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.browserstreamserver.ProtocolPage;
import io.github.browserstreamserver.binary.StreamState.Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class StreamStateTests {

	/**
	 * The table of section 4. {@code >} alone leaves the state as it is; what is not
	 * there is not allowed.
	 */
	private static final String TABLE = """
			| state | DATA | CREDIT | ACCEPT | END |
			| --- | --- | --- | --- | --- |
			| OPENING (sent OPEN) | > | > < | < OPEN | > OPENING_ENDED |
			| OPENING_ENDED | | > < | < HALF_CLOSED_LOCAL | |
			| OFFERED (received OPEN) | < | > < | > OPEN | < OFFERED_ENDED |
			| OFFERED_ENDED | | > < | > HALF_CLOSED_REMOTE | |
			| OPEN | > < | > < | | > HALF_CLOSED_LOCAL, < HALF_CLOSED_REMOTE |
			| HALF_CLOSED_LOCAL | < | > < | | < CLOSED |
			| HALF_CLOSED_REMOTE | > | > < | | > CLOSED |
			| CLOSED | < ignored | < ignored | < ignored | < ignored |
			""";

	/** The same once more, cell by cell. */
	private static final String MATRIX = """
			OPENING             DATA    OPENING             -
			OPENING             CREDIT  OPENING             OPENING
			OPENING             ACCEPT  -                   OPEN
			OPENING             END     OPENING_ENDED       -
			OPENING_ENDED       DATA    -                   -
			OPENING_ENDED       CREDIT  OPENING_ENDED       OPENING_ENDED
			OPENING_ENDED       ACCEPT  -                   HALF_CLOSED_LOCAL
			OPENING_ENDED       END     -                   -
			OFFERED             DATA    -                   OFFERED
			OFFERED             CREDIT  OFFERED             OFFERED
			OFFERED             ACCEPT  OPEN                -
			OFFERED             END     -                   OFFERED_ENDED
			OFFERED_ENDED       DATA    -                   -
			OFFERED_ENDED       CREDIT  OFFERED_ENDED       OFFERED_ENDED
			OFFERED_ENDED       ACCEPT  HALF_CLOSED_REMOTE  -
			OFFERED_ENDED       END     -                   -
			OPEN                DATA    OPEN                OPEN
			OPEN                CREDIT  OPEN                OPEN
			OPEN                ACCEPT  -                   -
			OPEN                END     HALF_CLOSED_LOCAL   HALF_CLOSED_REMOTE
			HALF_CLOSED_LOCAL   DATA    -                   HALF_CLOSED_LOCAL
			HALF_CLOSED_LOCAL   CREDIT  HALF_CLOSED_LOCAL   HALF_CLOSED_LOCAL
			HALF_CLOSED_LOCAL   ACCEPT  -                   -
			HALF_CLOSED_LOCAL   END     -                   CLOSED
			HALF_CLOSED_REMOTE  DATA    HALF_CLOSED_REMOTE  -
			HALF_CLOSED_REMOTE  CREDIT  HALF_CLOSED_REMOTE  HALF_CLOSED_REMOTE
			HALF_CLOSED_REMOTE  ACCEPT  -                   -
			HALF_CLOSED_REMOTE  END     CLOSED              -
			CLOSED              DATA    -                   CLOSED
			CLOSED              CREDIT  -                   CLOSED
			CLOSED              ACCEPT  -                   CLOSED
			CLOSED              END     -                   CLOSED
			""";

	record Cell(StreamState state, Event event, @Nullable StreamState sent, @Nullable StreamState received) {

		@Override
		public String toString() {
			return this.state + " " + this.event;
		}

	}

	static Stream<Cell> matrix() {
		return MATRIX.lines()
			.map((line) -> line.split(" +"))
			.map((cells) -> new Cell(StreamState.valueOf(cells[0]), Event.valueOf(cells[1]), state(cells[2]),
					state(cells[3])));
	}

	private static @Nullable StreamState state(String name) {
		return name.equals("-") ? null : StreamState.valueOf(name);
	}

	@ParameterizedTest
	@MethodSource("matrix")
	void goesWhereTheMatrixSays(Cell cell) {
		assertThat(cell.state().sent(cell.event())).as("sent").isSameAs(cell.sent());
		assertThat(cell.state().received(cell.event())).as("received").isSameAs(cell.received());
	}

	@Test
	void theMatrixHasEveryStateWithEveryFrame() {
		assertThat(matrix().map(Cell::toString).distinct())
			.hasSize(StreamState.values().length * Event.values().length);
	}

	@Test
	void theMatrixSaysWhatTheTableSays() {
		assertThat(fromTable()).containsExactlyElementsOf(matrix().toList());
	}

	@Test
	void theTableIsTheOneOfTheProtocolPage() {
		assertThat(ProtocolPage.read().lines()).containsSequence(TABLE.lines().toList());
	}

	private static List<Cell> fromTable() {
		List<Cell> cells = new ArrayList<>();
		TABLE.lines().skip(2).forEach((line) -> {
			List<String> row = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
			StreamState state = StreamState.valueOf(row.get(1).split(" ")[0]);
			for (Event event : Event.values()) {
				String cell = row.get(2 + event.ordinal());
				cells.add(new Cell(state, event, next(state, cell, ">"), next(state, cell, "<")));
			}
		});
		return cells;
	}

	private static @Nullable StreamState next(StreamState state, String cell, String direction) {
		List<String> words = List.of(cell.split("[ ,]+"));
		int at = words.indexOf(direction);
		if (at < 0) {
			return null;
		}
		String word = (at + 1 < words.size()) ? words.get(at + 1) : "";
		return Set.of("", "<", ">", "ignored").contains(word) ? state : StreamState.valueOf(word);
	}

	@ParameterizedTest
	@EnumSource(names = { "OPENING", "OPENING_ENDED", "OFFERED", "OFFERED_ENDED" })
	void isUnacceptedUntilItIsAccepted(StreamState state) {
		assertThat(state.isUnaccepted()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(names = { "OPEN", "HALF_CLOSED_LOCAL", "HALF_CLOSED_REMOTE", "CLOSED" })
	void isNotUnacceptedAnyMoreAfterThat(StreamState state) {
		assertThat(state.isUnaccepted()).isFalse();
	}

}
