/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OpenRate}.
 */
class OpenRateTests {

	private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);

	private final OpenRate rate = new OpenRate(100);

	private long even = START;

	private int count(int times, long now) {
		int before = 0;
		while (before < times && !this.rate.isOver(this.even, now)) {
			this.even = this.rate.count(this.even, now);
			before++;
		}
		return before;
	}

	@Test
	void allowsTenSecondsWorthAtOnce() {
		assertThat(count(5_000, START)).isEqualTo(1_001);
	}

	@Test
	void allowsItsRateInTheLongRun() {
		count(5_000, START);
		for (int second = 1; second < 100; second++) {
			assertThat(count(5_000, START + TimeUnit.SECONDS.toNanos(second))).isEqualTo(100);
		}
	}

	@Test
	void isAFloodAfterAsMuchAgain() {
		for (int times = 0; times < 2_000; times++) {
			this.even = this.rate.count(this.even, START);
			assertThat(this.rate.isFlood(this.even, START)).isFalse();
		}
		this.even = this.rate.count(this.even, START);
		assertThat(this.rate.isFlood(this.even, START)).isTrue();
	}

	@Test
	void savesNothingUp() {
		long later = START + TimeUnit.HOURS.toNanos(1);
		assertThat(count(5_000, later)).isEqualTo(1_001);
	}

	@Test
	void hasNoBoundWhereNoneIsWanted() {
		OpenRate unbounded = new OpenRate(OpenRate.UNBOUNDED);
		long at = START;
		for (int times = 0; times < 1_000_000; times++) {
			at = unbounded.count(at, START);
		}
		assertThat(unbounded.isOver(at, START)).isFalse();
	}

}
