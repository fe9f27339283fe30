/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The ids of a table. What it does with streams is tested with their connections.
 */
class StreamTableTests {

	private final StreamTable table = new StreamTable();

	@Test
	void takesGrowingOddIdsFromAPeer() {
		assertThatNoException().isThrownBy(() -> {
			this.table.takePeerId(1);
			this.table.takePeerId(3);
			this.table.takePeerId(1_001);
			this.table.takePeerId(Integer.MAX_VALUE);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 8, 1_000, Integer.MAX_VALUE - 1 })
	void refusesAnEvenIdFromAPeer(int id) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.table.takePeerId(id))
			.withMessageContaining("odd");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 7 })
	void refusesAnIdThatIsNotGreaterThanTheLast(int id) throws ProtocolException {
		this.table.takePeerId(7);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.table.takePeerId(id))
			.withMessageContaining("after stream 7");
	}

	@Test
	void givesGrowingEvenIdsItself() {
		assertThat(this.table.nextOwnId()).isEqualTo(2);
		assertThat(this.table.nextOwnId()).isEqualTo(4);
		assertThat(this.table.nextOwnId()).isEqualTo(6);
	}

	@Test
	void findsNothingForAStreamThatIsClosed() throws ProtocolException {
		this.table.takePeerId(5);
		this.table.nextOwnId();
		assertThat(this.table.find(5)).isNull();
		assertThat(this.table.find(2)).isNull();
		assertThat(this.table.find(3)).as("skipped").isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 4, 7, Integer.MAX_VALUE - 1, Integer.MAX_VALUE })
	void endsTheConnectionWhenAFrameIsForAStreamThatWasNeverOpened(int id) throws ProtocolException {
		this.table.takePeerId(5);
		this.table.nextOwnId();
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.table.find(id))
			.withMessageContaining("never opened");
	}

}
