/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

class TrampolineTests {

	private final List<String> log = new ArrayList<>();

	@Test
	void runsAnActionAtOnceWhenNoneRuns() {
		Trampoline.enter(says("entered"));
		Trampoline.later(says("later"));
		assertThat(this.log).containsExactly("entered", "later");
	}

	@Test
	void runsWhatAnActionLeavesBehindIt() {
		Trampoline.enter(() -> {
			Trampoline.later(says("left"));
			this.log.add("entered");
		});
		assertThat(this.log).containsExactly("entered", "left");
	}

	@Test
	void runsWhatIsLeftInTheOrderInWhichItWasLeft() {
		Trampoline.enter(() -> {
			Trampoline.later(() -> {
				Trampoline.later(says("3"));
				this.log.add("1");
			});
			Trampoline.later(says("2"));
		});
		assertThat(this.log).containsExactly("1", "2", "3");
	}

	@Test
	void runsWhatAnInnerActionLeavesBehindTheOutermost() {
		Trampoline.enter(() -> {
			Trampoline.enter(() -> {
				Trampoline.later(says("left"));
				this.log.add("inner");
			});
			this.log.add("outer");
		});
		assertThat(this.log).containsExactly("inner", "outer", "left");
	}

	@Test
	void doesNotNestHoweverOftenActionsLeaveOthers() {
		int[] runs = new int[2];
		Trampoline.enter(() -> leaveAnother(runs, 100_000));
		assertThat(runs[0]).isEqualTo(100_000);
		assertThat(runs[1]).as("running").isZero();
	}

	private void leaveAnother(int[] runs, int times) {
		assertThat(runs[1]++).as("running").isZero();
		if (++runs[0] < times) {
			Trampoline.later(() -> leaveAnother(runs, times));
		}
		runs[1]--;
	}

	@Test
	void doesNotNestWhatIsLeftByAnActionThatWasItselfLeftWithoutAnOuterOne() {
		Trampoline.later(() -> {
			Trampoline.later(says("left"));
			this.log.add("first");
		});
		assertThat(this.log).containsExactly("first", "left");
	}

	@Test
	void forgetsAnActionThatThrew() {
		assertThatIllegalStateException().isThrownBy(() -> Trampoline.enter(() -> {
			throw new IllegalStateException("thrown by the test");
		}));
		Trampoline.later(says("at once"));
		assertThat(this.log).as("not left for an action that is over").containsExactly("at once");
	}

	@Test
	void runsWhatIsLeftAlthoughAnActionThrew() {
		Throwable thrown = catchThrowable(() -> Trampoline.enter(() -> {
			Trampoline.later(says("of another connection"));
			throw new IllegalStateException("thrown by the test");
		}));
		assertThat(thrown).isInstanceOf(IllegalStateException.class);
		assertThat(this.log).containsExactly("of another connection");
	}

	@Test
	void costsTheCallerNothingWhenWhatItLeftForOthersFails() {
		Trampoline.enter(() -> {
			Trampoline.later(() -> {
				throw new IllegalStateException("thrown by the test, of another connection");
			});
			Trampoline.later(says("of a third"));
			this.log.add("entered");
		});
		assertThat(this.log).containsExactly("entered", "of a third");
	}

	private Runnable says(String line) {
		return () -> this.log.add(line);
	}

}
