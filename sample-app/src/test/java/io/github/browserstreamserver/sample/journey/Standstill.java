/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.time.Duration;

import io.github.browserstreamserver.sample.support.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * J7: a page that hosts two names, and whose code stands still. Meanwhile somebody else
 * takes one of them.
 */
final class Standstill {

	/**
	 * {@code liveness-timeout}, {@code names.grace}, and a little for clocks that tick.
	 */
	private static final Duration GIVEN_UP = Duration.ofSeconds(25 + 2);

	private static final Duration SOON = Duration.ofSeconds(5);

	/** In a task of its own, so that the script itself is over. */
	private static final String STAND_STILL = """
			setTimeout(() => {
			  const end = performance.now() + args[0];
			  while (performance.now() < end);
			}, 100);
			""";

	private final JourneyStage stage;

	private final Duration standstill;

	private final String name;

	private final String lostName;

	private final Page host;

	private final Page client;

	private final Page clientOfLost;

	/** Takes the other name. */
	private final Page other;

	private final Since start;

	/**
	 * Begins. The host has a browser for itself, as some browsers run several windows in
	 * one thread.
	 */
	Standstill(JourneyStage stage, Duration standstill) {
		this.stage = stage;
		this.standstill = standstill;
		this.name = stage.name();
		this.lostName = stage.name();
		this.host = stage.host();
		this.client = stage.client();
		this.clientOfLost = stage.client();
		this.other = stage.client();
		Echo.host(this.host, this.name);
		Echo.host(this.host, this.lostName);
		Echo.talk(this.client, this.name);
		Echo.talk(this.clientOfLost, this.lostName);
		this.host.call(STAND_STILL, standstill.toMillis());
		this.start = Since.now();
	}

	/** The names are free in time, and those who talked to them are told. */
	void assertGivenUp() {
		Echo.awaitName(this.stage.sample(), this.name, false, this.start.left(GIVEN_UP));
		Echo.hostWhenFree(this.other, this.lostName, this.start.left(GIVEN_UP));
		Duration free = this.start.elapsed();
		Echo.awaitEnd(this.client, this.start.left(GIVEN_UP), "HOST_GONE");
		Echo.awaitEnd(this.clientOfLost, this.start.left(GIVEN_UP), "HOST_GONE");
		JourneyStage.say("a page stood still: its names were free after %d ms".formatted(free.toMillis()));
	}

	/** It goes on, listens again on one name, and is told that it cannot on the other. */
	void assertGoesOn() {
		this.start.awaitElapsed(this.standstill);
		Since goesOn = Since.now();
		Echo.awaitName(this.stage.sample(), this.name, true, SOON);
		Echo.talkAgain(this.client, this.name, goesOn.left(SOON));
		Duration back = goesOn.elapsed();
		Await.until("the host is told", JourneyStage.PATIENCE, () -> Echo.events(this.host).contains("server"));
		assertThat(Echo.events(this.host)).contains("server NAME_TAKEN");
		JourneyStage.say("a page went on: it had one name after %d ms, and was told of the other after %d ms"
			.formatted(back.toMillis(), goesOn.elapsed().toMillis()));
	}

}
