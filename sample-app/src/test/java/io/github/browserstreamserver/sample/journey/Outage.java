/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.time.Duration;

import io.github.browserstreamserver.sample.support.SampleProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * J8: the application is killed while one page hosts a name and another talks to it, and
 * is started again later.
 */
final class Outage {

	private static final Duration SOON = Duration.ofSeconds(5);

	private final SampleProcess sample;

	private final String name;

	private final Page host;

	private final Page client;

	private Since start;

	Outage(JourneyStage stage) {
		this.sample = stage.keep(SampleProcess.startForAShortWhile());
		this.name = stage.name();
		this.host = stage.client(this.sample.origin());
		this.client = stage.client(this.sample.origin());
		Echo.host(this.host, this.name);
		begin();
	}

	/** Kills the application while a stream is open. */
	void begin() {
		Echo.talk(this.client, this.name);
		this.sample.kill();
		this.start = Since.now();
	}

	void assertEverythingIsBackAfter(Duration outage) {
		this.start.awaitElapsed(outage);
		Echo.awaitEnd(this.client, SOON, "CONNECTION_LOST");
		this.sample.startAgain();
		Since serving = Since.now();
		Echo.awaitName(this.sample, this.name, true, SOON);
		Duration named = serving.elapsed();
		Echo.talkAgain(this.client, this.name, serving.left(SOON));
		assertThat(serving.elapsed()).as("until everything was back").isLessThan(SOON);
		JourneyStage.say("the application was away for %d s: the name was back after %d ms, everything after %d ms"
			.formatted(outage.toSeconds(), named.toMillis(), serving.elapsed().toMillis()));
	}

}
