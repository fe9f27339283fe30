/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import io.github.browserstreamserver.stream.Budget;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AllowanceTests {

	private final Budget budget = new Budget(10_000);

	private final Allowance allowance = new Allowance(this.budget);

	@Test
	void reservesOnlyWhatIsBeyondTheFreePart() {
		assertThat(this.allowance.take(Allowance.FREE)).isTrue();
		assertThat(this.budget.reserved()).isZero();
		assertThat(this.allowance.take(1_000)).isTrue();
		assertThat(this.budget.reserved()).isEqualTo(1_000);
		this.allowance.give(400);
		assertThat(this.budget.reserved()).isEqualTo(600);
		this.allowance.give(Allowance.FREE);
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void takesNothingWhenThereIsNotSoMuch() {
		assertThat(this.allowance.take(Allowance.FREE + 10_001)).isFalse();
		assertThat(this.allowance.take(Allowance.FREE + 10_000)).isTrue();
		assertThat(this.allowance.take(1)).isFalse();
		this.allowance.give(Allowance.FREE + 10_000);
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void givesAllBackWhenItIsClosedAndHasNoMore() {
		this.allowance.take(Allowance.FREE + 5_000);
		this.allowance.close();
		assertThat(this.budget.reserved()).isZero();
		assertThat(this.allowance.take(1)).isFalse();
		this.allowance.give(5_000);
		assertThat(this.budget.reserved()).isZero();
	}

}
