/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BudgetTests {

	private final Budget budget = new Budget(1_000);

	@Test
	void reservesUpToTheLimit() {
		assertThat(this.budget.tryReserve(999)).isTrue();
		assertThat(this.budget.tryReserve(1)).isTrue();
		assertThat(this.budget.reserved()).isEqualTo(this.budget.limit()).isEqualTo(1_000);
	}

	@Test
	void reservesNothingWhenThereIsNotEnoughLeft() {
		this.budget.tryReserve(600);
		assertThat(this.budget.tryReserve(401)).isFalse();
		assertThat(this.budget.reserved()).isEqualTo(600);
	}

	@Test
	void growsOnlyWithinTheFirstHalf() {
		assertThat(this.budget.tryGrow(501)).isFalse();
		assertThat(this.budget.tryGrow(500)).isTrue();
		assertThat(this.budget.tryGrow(1)).isFalse();
		assertThat(this.budget.reserved()).isEqualTo(500);
	}

	@Test
	void keepsRoomForNewStreamsWhenOthersHaveGrown() {
		this.budget.tryGrow(500);
		assertThat(this.budget.tryReserve(500)).isTrue();
	}

	@Test
	void doesNotGrowWhenTheFirstHalfIsReservedOtherwise() {
		this.budget.tryReserve(450);
		assertThat(this.budget.tryGrow(51)).isFalse();
		assertThat(this.budget.tryGrow(50)).isTrue();
	}

	@Test
	void newStreamsLeaveTheLastEighth() {
		assertThat(this.budget.tryOpen(876)).isFalse();
		assertThat(this.budget.tryOpen(875)).isTrue();
		assertThat(this.budget.tryOpen(1)).isFalse();
		assertThat(this.budget.tryReserve(125)).isTrue();
	}

	@Test
	void aShareIsASixteenthWhenMoreThanHalfIsReserved() {
		this.budget.tryReserve(500);
		assertThat(this.budget.isMoreThanAShare(1_000)).isFalse();
		this.budget.tryReserve(1);
		assertThat(this.budget.isMoreThanAShare(62)).isFalse();
		assertThat(this.budget.isMoreThanAShare(63)).isTrue();
	}

	@Test
	void isShortBeyondThreeQuarters() {
		this.budget.tryReserve(750);
		assertThat(this.budget.isShort()).isFalse();
		this.budget.tryReserve(1);
		assertThat(this.budget.isShort()).isTrue();
		this.budget.release(1);
		assertThat(this.budget.isShort()).isFalse();
	}

	@Test
	void reservesAgainWhatWasReleased() {
		this.budget.tryReserve(1_000);
		this.budget.release(400);
		assertThat(this.budget.tryReserve(401)).isFalse();
		assertThat(this.budget.tryReserve(400)).isTrue();
	}

	@Test
	void noticesWhenMoreIsReleasedThanReserved() {
		this.budget.tryReserve(10);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.budget.release(11));
	}

	@Test
	@Timeout(30)
	void neverExceedsItsLimitUnderSeveralThreads() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		CyclicBarrier start = new CyclicBarrier(4);
		List<Future<Boolean>> results = new ArrayList<>();
		for (int index = 0; index < 4; index++) {
			long seed = index;
			results.add(threads.submit(() -> {
				start.await();
				return reserveAndRelease(new Random(seed));
			}));
		}
		for (Future<Boolean> stayedWithin : results) {
			assertThat(stayedWithin.get(30, TimeUnit.SECONDS)).isTrue();
		}
		threads.shutdown();
		assertThat(this.budget.reserved()).isZero();
	}

	private boolean reserveAndRelease(Random random) {
		boolean within = true;
		for (int round = 0; round < 200_000; round++) {
			int bytes = random.nextInt(500);
			boolean reserved = random.nextBoolean() ? this.budget.tryReserve(bytes) : this.budget.tryGrow(bytes);
			within &= this.budget.reserved() <= this.budget.limit();
			if (reserved) {
				this.budget.release(bytes);
			}
		}
		return within;
	}

}
