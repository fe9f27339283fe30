/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Duration;
import java.util.Random;

import io.github.browserstreamserver.testing.NoFaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(NoFaults.class)
class LivenessTests {

	/** So that the time overflows in the middle of most tests, as it may. */
	private static final long START = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

	private final Liveness liveness = new Liveness(limits(Duration.ofSeconds(15)), START);

	@Test
	void missesAHelloWhenItsTimeIsOver() {
		assertThat(this.liveness.missing(at(9_999))).isNull();
		assertThat(this.liveness.missing(at(10_000))).isEqualTo("no HELLO within 10000 ms");
	}

	@Test
	void missesAHelloAlthoughOtherThingsComeIn() {
		this.liveness.received(at(9_000));
		assertThat(this.liveness.missing(at(10_000))).contains("no HELLO");
	}

	@Test
	void missesNoHelloThatCame() {
		assertThat(this.liveness.isGreeted()).isFalse();
		this.liveness.greeted();
		assertThat(this.liveness.isGreeted()).isTrue();
		assertThat(this.liveness.missing(at(18_999))).isNull();
	}

	@Test
	void missesASignOfLifeOneLookBeforeTheTimeIsOver() {
		this.liveness.greeted();
		this.liveness.received(at(5_000));
		assertThat(this.liveness.missing(at(23_999))).isNull();
		assertThat(this.liveness.missing(at(24_000))).isEqualTo("no sign of life for 20000 ms");
	}

	@Test
	void missesAPeerThatSendsAndTakesNothing() {
		this.liveness.greeted();
		for (int second = 0; second < 19; second++) {
			this.liveness.received(at(second * 1_000L));
			this.liveness.wrote(at(second * 1_000L), 7, true);
			assertThat(this.liveness.missing(at(second * 1_000L))).isNull();
		}
		this.liveness.received(at(19_000));
		this.liveness.wrote(at(19_000), 7, true);
		assertThat(this.liveness.missing(at(19_000))).isEqualTo("nothing that was sent was taken for 20000 ms");
	}

	@Test
	void missesNoPeerThatTakesSlowlyAndSaysNothing() {
		this.liveness.greeted();
		for (int second = 0; second < 200; second += 10) {
			this.liveness.wrote(at(second * 1_000L), 7 + second / 10, true);
			assertThat(this.liveness.missing(at(second * 1_000L))).isNull();
		}
	}

	@Test
	void missesNoPeerThatAnswersAnotherWay() {
		this.liveness.greeted();
		for (int second = 0; second < 200; second += 15) {
			this.liveness.alive(at(second * 1_000L));
			this.liveness.wrote(at(second * 1_000L), 7, true);
			assertThat(this.liveness.missing(at(second * 1_000L))).isNull();
		}
	}

	@Test
	void asksWhenHalfOfTheTimeIsOverAndAgainAfterAsLong() {
		assertThat(this.liveness.mustAsk(at(8_999))).isFalse();
		assertThat(this.liveness.mustAsk(at(9_000))).isTrue();
		assertThat(this.liveness.mustAsk(at(10_000))).isFalse();
		assertThat(this.liveness.mustAsk(at(18_000))).isTrue();
	}

	@Test
	void asksNobodyWhoIsHeard() {
		for (int second = 0; second < 100; second += 8) {
			this.liveness.received(at(second * 1_000L));
			assertThat(this.liveness.mustAsk(at(second * 1_000L))).isFalse();
		}
	}

	@Test
	void takesEverythingThatComesInAsASignOfLife() {
		this.liveness.greeted();
		for (int second = 0; second < 1_000; second += 18) {
			this.liveness.received(at(second * 1_000L));
			assertThat(this.liveness.missing(at((second + 18) * 1_000L))).isNull();
		}
	}

	@Test
	void pingsWhenNothingWasSent() {
		assertThat(this.liveness.mustPing(at(13_000), 0)).isFalse();
		assertThat(this.liveness.mustPing(at(14_000), 0)).isTrue();
	}

	@Test
	void pingsNotWhileSomethingIsSent() {
		for (int second = 0; second < 100; second += 10) {
			assertThat(this.liveness.mustPing(at(second * 1_000L), second + 1)).isFalse();
		}
	}

	@Test
	void countsAPingAsSomethingThatWasSent() {
		assertThat(this.liveness.mustPing(at(14_000), 7)).as("something was sent just before").isFalse();
		assertThat(this.liveness.mustPing(at(28_000), 7)).isTrue();
		assertThat(this.liveness.mustPing(at(29_000), 8)).isFalse();
		assertThat(this.liveness.mustPing(at(42_000), 8)).isFalse();
		assertThat(this.liveness.mustPing(at(43_000), 8)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1_000, 1_500, 2_000, 2_999, 15_000, 15_500 })
	void isNeverSilentForLongerThanAnnounced(int keepalive) {
		Random random = new Random(keepalive);
		Liveness announced = new Liveness(limits(Duration.ofMillis(keepalive)), at(0));
		long batches = 0;
		long lastSent = 0;
		long nextData = 0;
		for (long now = 0; now < 1_000_000; now++) {
			boolean sends = now == nextData;
			if (sends) {
				nextData = now + 1 + random.nextInt(3 * keepalive);
			}
			// looked at once a second
			if (now % 1_000 == 0) {
				sends |= announced.mustPing(at(now), batches);
			}
			assertThat(now - lastSent).as("silence in ms").isLessThanOrEqualTo(keepalive);
			if (sends) {
				batches++;
				lastSent = now;
			}
		}
	}

	private static BinaryLimits limits(Duration keepalive) {
		return new BinaryLimits(10, 16_384, keepalive, Duration.ofSeconds(30), Duration.ofSeconds(10));
	}

	private static long at(long millis) {
		return START + Duration.ofMillis(millis).toNanos();
	}

}
