/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * J9: a laptop sleeps, on which one page hosts a name and another talks to somebody who
 * does not sleep.
 */
final class Sleep {

	private static final Duration SOON = Duration.ofSeconds(5);

	private final JourneyStage stage;

	private final JourneyBrowser sleeper;

	private final String sleepingName;

	private final String wakefulName;

	private final Page sleepingHost;

	private final Page sleepingClient;

	private final Page wakefulHost;

	private final Page wakefulClient;

	private final Since start;

	Sleep(JourneyStage stage) {
		this.stage = stage;
		this.sleeper = stage.newBrowser(Appearance.USUAL);
		this.sleepingName = stage.name();
		this.wakefulName = stage.name();
		this.sleepingHost = stage.open(this.sleeper, stage.sample().origin());
		this.sleepingClient = stage.open(this.sleeper, stage.sample().origin());
		this.wakefulHost = stage.client();
		this.wakefulClient = stage.client();
		Echo.host(this.sleepingHost, this.sleepingName);
		Echo.host(this.wakefulHost, this.wakefulName);
		Echo.talk(this.sleepingClient, this.wakefulName);
		Echo.talk(this.wakefulClient, this.sleepingName);
		this.sleeper.halt();
		this.start = Since.now();
	}

	void assertEverythingIsBackAfter(Duration sleep) {
		this.start.awaitElapsed(sleep);
		assertThat(this.stage.sample().names()).as("names while the laptop sleeps")
			.contains(this.wakefulName)
			.doesNotContain(this.sleepingName);
		Echo.awaitEnd(this.wakefulClient, SOON, "HOST_GONE");
		this.sleeper.goOn();
		Since awake = Since.now();
		Echo.awaitName(this.stage.sample(), this.sleepingName, true, SOON);
		Duration named = awake.elapsed();
		Echo.talkAgain(this.wakefulClient, this.sleepingName, awake.left(SOON));
		Echo.talkAgain(this.sleepingClient, this.wakefulName, awake.left(SOON));
		assertThat(awake.elapsed()).as("until everything was back").isLessThan(SOON);
		JourneyStage.say("a laptop woke up: its name was back after %d ms, everything after %d ms; %s"
			.formatted(named.toMillis(), awake.elapsed().toMillis(), Echo.events(this.sleepingHost)));
		Echo.awaitEnd(this.sleepingClient, SOON, "CONNECTION_LOST", "TIMEOUT");
	}

}
