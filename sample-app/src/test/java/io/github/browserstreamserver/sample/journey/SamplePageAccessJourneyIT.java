/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * J10: J1 to J4 with the keyboard only, in a narrow window, with dark colours and little
 * that moves.
 */
class SamplePageAccessJourneyIT extends SamplePageJourneys {

	private static final int NARROW = 390;

	private static final String APPEARANCE = """
			const is = (query) => matchMedia(query).matches;
			return {
			  dark: is("(prefers-color-scheme: dark)"),
			  reducedMotion: is("(prefers-reduced-motion: reduce)"),
			  width: innerWidth,
			  tooWide: document.scrollingElement.scrollWidth - innerWidth,
			  moving: document.getAnimations().filter(({ playState, effect }) => playState === "running"
			    && effect.getComputedTiming().iterations === Infinity).length,
			};
			""";

	@RegisterExtension
	static final JourneyStage stage = new JourneyStage();

	private static JourneyBrowser hosts;

	private static JourneyBrowser clients;

	SamplePageAccessJourneyIT() {
		super(stage, Hands.KEYBOARD);
	}

	@BeforeAll
	static void startBrowsers() {
		Appearance appearance = new Appearance(NARROW, true, true);
		hosts = stage.newBrowser(appearance);
		clients = stage.newBrowser(appearance);
	}

	@Override
	JourneyBrowser hosts() {
		return hosts;
	}

	@Override
	JourneyBrowser clients() {
		return clients;
	}

	@Test
	void exampleOfTheReadmePassesDataBothWays() throws Exception {
		ReadmeExample.assertPassesDataBothWays(stage.sample(), stage.open(hosts, stage.sample().origin()),
				stage.open(clients, stage.sample().origin()));
	}

	@Override
	void look(SampleWindow window) {
		JsonNode appearance = window.page().call(APPEARANCE);
		assertThat(appearance.get("dark").asBoolean()).as("dark").isTrue();
		assertThat(appearance.get("reducedMotion").asBoolean()).as("reduced motion").isTrue();
		assertThat(appearance.get("tooWide").asInt()).as("pixels that need scrolling to the side").isNotPositive();
		assertThat(appearance.get("moving").asInt()).as("animations without an end").isZero();
		assertThat(appearance.get("width").asInt()).as("width").isEqualTo(NARROW);
		Axe.assertNoViolations(window.page());
	}

}
