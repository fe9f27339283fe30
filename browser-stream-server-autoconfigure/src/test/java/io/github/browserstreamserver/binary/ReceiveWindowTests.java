/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class ReceiveWindowTests {

	private static final int INITIAL = 16_384;

	private static final int MAX = 1_048_576;

	private static final long QUICK = 199_999_999;

	private static final long SLOW = 200_000_000;

	/** So that the time overflows in the middle of most tests, as it may. */
	private static final long START = Long.MAX_VALUE - Duration.ofMillis(100).toNanos();

	private final Budget budget = new Budget(100_000_000);

	private final ReceiveWindow window = new ReceiveWindow(this.budget, MAX);

	@Test
	void reservesTheInitialWindow() {
		assertThat(this.window.open(START)).isTrue();
		assertThat(this.window.size()).isEqualTo(INITIAL);
		assertThat(this.budget.reserved()).isEqualTo(INITIAL);
	}

	@Test
	void staysClosedWhenTheBudgetHasNotSoMuchLeft() {
		Budget little = new Budget(INITIAL - 1);
		ReceiveWindow refused = new ReceiveWindow(little, MAX);
		assertThat(refused.open(START)).isFalse();
		refused.close();
		assertThat(little.reserved()).isZero();
	}

	@Test
	void allowsAFrameThatCostsAllTheCredit() {
		this.window.open(START);
		assertThatNoException().isThrownBy(() -> this.window.check(INITIAL));
	}

	@Test
	void endsTheConnectionForAFrameThatCostsMoreThanTheCredit() {
		this.window.open(START);
		this.window.charge(1_000);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.window.check(INITIAL - 999))
			.extracting(ProtocolException::code)
			.isSameAs(ErrorCode.FLOW_CONTROL);
	}

	@Test
	void returnsCreditOnceHalfTheWindowHasLeft() {
		this.window.open(START);
		this.window.charge(INITIAL);
		assertThat(this.window.release(8_191, START + SLOW)).isZero();
		assertThat(this.window.release(1, START + SLOW)).isEqualTo(8_192);
		assertThat(this.window.held()).isEqualTo(8_192);
		assertThat(this.window.release(8_192, START + SLOW)).isEqualTo(8_192);
	}

	@Test
	void returnsNoCreditForWhatIsStillHeld() {
		this.window.open(START);
		this.window.charge(INITIAL);
		assertThat(this.window.held()).isEqualTo(INITIAL);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.window.check(1));
	}

	@Test
	void refusesToReleaseMoreThanHadComeIn() {
		this.window.open(START);
		this.window.charge(100);
		assertThatIllegalStateException().isThrownBy(() -> this.window.release(101, START));
	}

	@Test
	void doublesWhenAFullWindowWentThroughQuickly() {
		this.window.open(START);
		assertThat(passThrough(INITIAL / 2, START)).as("half of it").isEqualTo(INITIAL / 2);
		assertThat(passThrough(INITIAL / 2, START + QUICK)).isEqualTo(INITIAL / 2 + INITIAL);
		assertThat(this.window.size()).isEqualTo(2 * INITIAL);
		assertThat(this.budget.reserved()).isEqualTo(2 * INITIAL);
	}

	@Test
	void keepsItsSizeWhenAFullWindowWentThroughSlowly() {
		this.window.open(START);
		passThrough(INITIAL / 2, START);
		assertThat(passThrough(INITIAL / 2, START + SLOW)).isEqualTo(INITIAL / 2);
		assertThat(this.window.size()).isEqualTo(INITIAL);
	}

	@Test
	void measuresEachFullWindowAnew() {
		this.window.open(START);
		passThrough(INITIAL, START + SLOW);
		assertThat(this.window.size()).isEqualTo(INITIAL);
		passThrough(INITIAL, START + SLOW + QUICK);
		assertThat(this.window.size()).isEqualTo(2 * INITIAL);
		passThrough(INITIAL, START + SLOW + QUICK);
		assertThat(this.window.size()).as("only half of the new one").isEqualTo(2 * INITIAL);
		passThrough(INITIAL, START + SLOW + QUICK);
		assertThat(this.window.size()).isEqualTo(4 * INITIAL);
	}

	@Test
	void growsNoFurtherThanItsBound() {
		this.window.open(START);
		for (int round = 0; round < 10; round++) {
			passThrough(this.window.size(), START);
		}
		assertThat(this.window.size()).isEqualTo(MAX);
		assertThat(this.budget.reserved()).isEqualTo(MAX);
	}

	@ParameterizedTest
	@ValueSource(ints = { INITIAL, INITIAL + 1, 40_000, 2 * INITIAL })
	void growsToABoundThatIsNoPowerOfTwo(int bound) {
		ReceiveWindow bounded = new ReceiveWindow(this.budget, bound);
		bounded.open(START);
		for (int round = 0; round < 5; round++) {
			int size = bounded.size();
			bounded.charge(size);
			bounded.release(size, START);
		}
		assertThat(bounded.size()).isEqualTo(bound);
	}

	@Test
	void growsOnlyWhileTheBudgetAllows() {
		this.window.open(START);
		this.budget.tryReserve(this.budget.limit() / 2 - INITIAL - INITIAL + 1);
		assertThat(passThrough(INITIAL, START)).isEqualTo(INITIAL);
		assertThat(this.window.size()).isEqualTo(INITIAL);
		this.budget.release(1);
		passThrough(INITIAL, START);
		assertThat(this.window.size()).isEqualTo(2 * INITIAL);
	}

	@Test
	void shrinksToWhereItBeganWhenTheBudgetIsShort() {
		grow(4 * INITIAL);
		this.budget.tryReserve(90_000_000);
		assertThat(passThrough(2 * INITIAL, START)).as("all of it goes back to the budget").isZero();
		assertThat(this.window.size()).isEqualTo(2 * INITIAL);
		assertThat(passThrough(INITIAL, START)).isZero();
		assertThat(this.window.size()).isEqualTo(INITIAL);
		assertThat(passThrough(INITIAL, START)).as("never less than that").isEqualTo(INITIAL);
		assertThat(this.window.size()).isEqualTo(INITIAL);
		assertThat(this.budget.reserved()).isEqualTo(90_000_000 + INITIAL);
	}

	@Test
	void givesThePeerWhatIsLeftOfAReturnAfterShrinking() {
		grow(2 * INITIAL);
		this.budget.tryReserve(90_000_000);
		assertThat(passThrough(2 * INITIAL, START)).isEqualTo(INITIAL);
		assertThat(this.window.size()).isEqualTo(INITIAL);
	}

	@Test
	void keepsWhatIsHeldReservedAfterItWasClosed() {
		this.window.open(START);
		this.window.charge(10_000);
		this.window.close();
		assertThat(this.budget.reserved()).isEqualTo(10_000);
		assertThat(this.window.release(4_000, START)).as("no credit for a closed stream").isZero();
		assertThat(this.budget.reserved()).isEqualTo(6_000);
		this.window.release(6_000, START);
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void closesOnlyOnce() {
		this.window.open(START);
		this.window.charge(100);
		this.window.close();
		this.window.close();
		assertThat(this.budget.reserved()).isEqualTo(100);
	}

	@Test
	void holdsItsInvariantWhateverHappens() {
		for (int seed = 0; seed < 200; seed++) {
			Budget shared = new Budget(400_000);
			RandomWalk walk = new RandomWalk(shared, new Random(seed));
			walk.steps(1_000);
			walk.finish();
			assertThat(shared.reserved()).as("in the end, seed %d", seed).isZero();
		}
	}

	private int passThrough(int cost, long now) {
		this.window.charge(cost);
		return this.window.release(cost, now);
	}

	private void grow(int size) {
		this.window.open(START);
		while (this.window.size() < size) {
			passThrough(this.window.size(), START);
		}
	}

	/**
	 * A peer that sends what it may, a relay that forwards at random, and others who
	 * reserve and release.
	 */
	private static final class RandomWalk {

		private final Budget budget;

		private final Random random;

		private final ReceiveWindow window;

		private final ArrayDeque<Integer> under = new ArrayDeque<>();

		private int credit = INITIAL;

		private int held;

		private int others;

		private long now = START;

		RandomWalk(Budget budget, Random random) {
			this.budget = budget;
			this.random = random;
			this.window = new ReceiveWindow(budget, 150_000);
			assertThat(this.window.open(this.now)).isTrue();
		}

		void steps(int count) {
			for (int step = 0; step < count; step++) {
				this.now += this.random.nextInt(20_000_000);
				switch (this.random.nextInt(8)) {
					case 0, 1, 2 -> receive();
					case 3, 4, 5, 6 -> forward();
					default -> disturb();
				}
				check();
			}
		}

		private void receive() {
			int cost = Math.min(64 + this.random.nextInt(12_000), this.credit);
			assertThatNoException().isThrownBy(() -> this.window.check(cost));
			this.window.charge(cost);
			this.credit -= cost;
			this.held += cost;
			this.under.add(cost);
		}

		private void forward() {
			Integer cost = this.under.poll();
			if (cost != null) {
				this.held -= cost;
				this.credit += this.window.release(cost, this.now);
			}
		}

		private void disturb() {
			this.budget.release(this.others);
			int wanted = this.random.nextInt(380_000);
			this.others = this.budget.tryReserve(wanted) ? wanted : 0;
		}

		private void check() {
			int due = this.window.size() - this.credit - this.held;
			assertThat(due).as("due").isBetween(0, this.window.size() / 2);
			assertThat(this.window.held()).isEqualTo(this.held);
			assertThat(this.window.size()).isBetween(INITIAL, 150_000);
			assertThat(this.budget.reserved()).isEqualTo(this.window.size() + this.others);
			assertThatNoException().isThrownBy(() -> this.window.check(this.credit));
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.window.check(this.credit + 1));
		}

		void finish() {
			this.budget.release(this.others);
			this.window.close();
			while (!this.under.isEmpty()) {
				assertThat(this.budget.reserved()).isEqualTo(this.held);
				int cost = this.under.remove();
				this.held -= cost;
				assertThat(this.window.release(cost, this.now)).isZero();
			}
		}

	}

}
