/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.time.Duration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * J7, J8 and J9, with the application's defaults. They wait for a long time, so they
 * begin together, before the first test, and each test waits for the end of its own. Only
 * the page that stands still is in the browser of hosts, where it may hold up others.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LongWaitsJourneyIT {

	@RegisterExtension
	static final JourneyStage stage = new JourneyStage();

	private static Standstill standstill;

	private static Sleep sleep;

	private static Outage outage;

	@BeforeAll
	static void begin() {
		sleep = new Sleep(stage);
		outage = new Outage(stage);
		standstill = new Standstill(stage, Duration.ofSeconds(45));
	}

	@Test
	@Order(1)
	void nameOfAPageThatStandsStillIsFreeAndItsStreamsAreOver() {
		standstill.assertGivenUp();
	}

	@Test
	@Order(2)
	void pageThatGoesOnListensAgainOrSaysThatItsNameIsTaken() {
		standstill.assertGoesOn();
	}

	@Test
	@Order(3)
	void everythingIsBackWhenALaptopSleptForAMinute() {
		sleep.assertEverythingIsBackAfter(Duration.ofSeconds(60));
	}

	@Test
	@Order(4)
	void everythingIsBackWhenTheApplicationWasAwayForNinetySeconds() {
		outage.assertEverythingIsBackAfter(Duration.ofSeconds(90));
	}

	@Test
	@Order(5)
	void everythingIsBackWhenTheApplicationWasAwayForTwoSeconds() {
		outage.begin();
		outage.assertEverythingIsBackAfter(Duration.ofSeconds(2));
	}

}
