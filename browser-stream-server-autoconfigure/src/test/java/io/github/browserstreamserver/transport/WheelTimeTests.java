/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WheelTimeTests {

	private long clock = -5_000;

	private final WheelTime time = new WheelTime(() -> this.clock);

	private void pass(long millis) {
		this.clock += TimeUnit.MILLISECONDS.toNanos(millis);
	}

	/** Milliseconds since the beginning. */
	private long millis() {
		return TimeUnit.NANOSECONDS.toMillis(this.time.getAsLong() + 5_000);
	}

	@Test
	void passesAsItDoesWhileTheWheelTurns() {
		for (int turn = 0; turn < 80; turn++) {
			this.time.turned();
			pass(125);
		}
		assertThat(millis()).isEqualTo(10_000);
	}

	@Test
	void passesAsItDoesBeforeTheWheelTurns() {
		pass(60_000);
		assertThat(millis()).isEqualTo(60_000);
	}

	@Test
	void isNoMoreThanASecondAheadOfTheWheel() {
		this.time.turned();
		pass(900);
		assertThat(millis()).isEqualTo(900);
		pass(29_100);
		assertThat(millis()).isEqualTo(1_000);
		this.time.turned();
		assertThat(millis()).isEqualTo(1_000);
		pass(125);
		this.time.turned();
		assertThat(millis()).isEqualTo(1_125);
	}

	@Test
	void countsEachTimeThatItStoodStill() {
		for (int times = 0; times < 3; times++) {
			this.time.turned();
			pass(11_000);
		}
		assertThat(millis()).isEqualTo(3_000);
	}

	@Test
	void passesAsItDoesWhenTheWheelTurnsNoMoreAndDoesNotJump() {
		this.time.turned();
		pass(30_000);
		this.time.stopped();
		assertThat(millis()).isEqualTo(1_000);
		pass(30_000);
		assertThat(millis()).isEqualTo(31_000);
	}

}
