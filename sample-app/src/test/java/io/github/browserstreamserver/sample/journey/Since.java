/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.time.Duration;

import io.github.browserstreamserver.sample.support.Await;

/**
 * A moment, from which on things take their time.
 *
 * @param nanos when it was
 */
record Since(long nanos) {

	static Since now() {
		return new Since(System.nanoTime());
	}

	/** Returns how long ago it was. */
	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.nanos);
	}

	/**
	 * Returns what is left of a time that began then; a second at least, to look once.
	 */
	Duration left(Duration time) {
		Duration left = time.minus(elapsed());
		return (left.toSeconds() < 1) ? Duration.ofSeconds(1) : left;
	}

	/** Waits until it is so long ago: a person who does something else meanwhile. */
	void awaitElapsed(Duration time) {
		Await.until(time + " have passed", left(time).plusSeconds(1), () -> elapsed().compareTo(time) >= 0);
	}

}
