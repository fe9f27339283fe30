/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.time.Duration;

import io.github.browserstreamserver.sample.support.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * J7: two hosts whose code stands still, since each shows an {@code alert} that nobody
 * answers for a while. Meanwhile somebody else takes the name of one of them.
 */
final class Standstill {

	/**
	 * {@code liveness-timeout}, {@code names.grace}, and a little for clocks that tick.
	 */
	private static final Duration GIVEN_UP = Duration.ofSeconds(25 + 2);

	private static final Duration SOON = Duration.ofSeconds(5);

	/** In a task of its own, so that the script itself is over. */
	private static final String ALERT = "setTimeout(() => alert('Is anybody there?'), 100)";

	private final JourneyStage stage;

	private final String name;

	private final String lostName;

	private final Page host;

	private final Page loser;

	private final Page client;

	private final Page clientOfLoser;

	private final Since start;

	Standstill(JourneyStage stage) {
		this.stage = stage;
		this.name = stage.name();
		this.lostName = stage.name();
		this.host = stage.host();
		this.loser = stage.host();
		this.client = stage.client();
		this.clientOfLoser = stage.client();
		Echo.host(this.host, this.name);
		Echo.host(this.loser, this.lostName);
		Echo.talk(this.client, this.name);
		Echo.talk(this.clientOfLoser, this.lostName);
		this.host.call(ALERT);
		this.loser.call(ALERT);
		this.start = Since.now();
	}

	/** The names are free in time, and those who talked to them are told. */
	void assertGivenUp() {
		Echo.awaitName(this.stage.sample(), this.name, false, this.start.left(GIVEN_UP));
		Page other = this.stage.client();
		Echo.hostWhenFree(other, this.lostName, this.start.left(GIVEN_UP));
		Duration free = this.start.elapsed();
		Echo.awaitEnd(this.client, this.start.left(GIVEN_UP), "HOST_GONE");
		Echo.awaitEnd(this.clientOfLoser, this.start.left(GIVEN_UP), "HOST_GONE");
		JourneyStage.say("two pages stood still: their names were free after %d ms".formatted(free.toMillis()));
	}

	/** They go on: one listens again, the other is told that it cannot. */
	void assertGoesOn(Duration standstill) {
		this.start.awaitElapsed(standstill);
		this.host.window().acceptPrompt();
		this.loser.window().acceptPrompt();
		Since goesOn = Since.now();
		Echo.awaitName(this.stage.sample(), this.name, true, SOON);
		Echo.talkAgain(this.client, this.name, goesOn.left(SOON));
		Duration back = goesOn.elapsed();
		Await.until("the other host is told", JourneyStage.PATIENCE, () -> Echo.events(this.loser).contains("server"));
		assertThat(Echo.events(this.loser)).endsWith("server NAME_TAKEN");
		JourneyStage.say("two pages went on: one had its name after %d ms, the other was told after %d ms"
			.formatted(back.toMillis(), goesOn.elapsed().toMillis()));
	}

}
