/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.time.Duration;

import io.github.browserstreamserver.sample.support.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * J6: somebody who hosts a name follows a link to another page, and comes back.
 */
class LeavingJourneyIT {

	private static final Duration AT_ONCE = Duration.ofSeconds(2);

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final String ADD_LINK = """
			page.marked = true;
			const link = document.createElement("a");
			link.id = "link";
			link.href = args[0];
			link.textContent = "Elsewhere";
			document.body.prepend(link);
			""";

	@RegisterExtension
	static final JourneyStage stage = new JourneyStage();

	@Test
	void hostThatFollowsALinkLeavesItsNameAndHasItAgainWhenItComesBack() {
		String name = stage.name();
		Page host = stage.host();
		Echo.host(host, name);
		Page client = stage.client();
		Echo.talk(client, name);

		host.call(ADD_LINK, JourneyStage.OTHER_PAGE);
		host.window().click("document.getElementById('link')");
		Duration free = Echo.awaitName(stage.sample(), name, false, AT_ONCE);
		Echo.awaitEnd(client, AT_ONCE, "HOST_GONE");
		JourneyStage.say("a host that left its page: its name was free after %d ms".formatted(free.toMillis()));

		Await.until("the other page is there", SOON,
				() -> host.call("return location.pathname").asString().equals(JourneyStage.OTHER_PAGE));
		if (LeftOut.BACK_FORWARD_CACHE.here()) {
			return;
		}
		host.window().back();
		assertThat(host.call("return page.marked ?? false").asBoolean()).as("the page itself is back").isTrue();
		Duration back = Echo.awaitName(stage.sample(), name, true, SOON);
		Echo.talkAgain(client, name, SOON);
		JourneyStage.say(
				"a host that came back: it had its name after %d ms, %s".formatted(back.toMillis(), Echo.events(host)));
	}

}
