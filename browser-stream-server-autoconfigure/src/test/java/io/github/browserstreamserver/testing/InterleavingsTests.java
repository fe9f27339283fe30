/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.testing;

import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The scheduler does what the other tests count on, on the JDK that runs this.
 */
@Tag("interleavings")
class InterleavingsTests {

	@Test
	void findsAnUpdateThatIsLostBetweenTwoThreads() {
		assertThatExceptionOfType(LincheckAssertionError.class).isThrownBy(() -> Interleavings.check(() -> {
			AtomicInteger count = new AtomicInteger();
			Runnable adds = () -> count.set(count.get() + 1);
			Interleavings.race(adds, adds);
			Interleavings.must(count.get() == 2, "an update is lost");
		})).withMessageContaining("an update is lost");
	}

}
