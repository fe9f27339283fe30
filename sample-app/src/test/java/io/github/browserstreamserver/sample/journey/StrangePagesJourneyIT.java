/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.time.Duration;
import java.util.function.Predicate;

import io.github.browserstreamserver.sample.support.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages under policies of all kinds, and addresses that are not ours: what works there,
 * and what is told, once, where it does not.
 */
class StrangePagesJourneyIT {

	/** Three tries, with pauses that grow. */
	private static final Duration SEVERAL_TRIES = Duration.ofSeconds(20);

	private static final String BOOT_AT = """
			let tries = 0;
			class CountedSocket extends WebSocket {
			  constructor(uri, protocols) {
			    tries++;
			    super(uri, protocols);
			  }
			}
			const told = [];
			const mdm = boot(args[0], { WebSocket: CountedSocket });
			mdm.on("disconnect", ({ code, status }) => told.push({ code, status }));
			setInterval(() => (globalThis.visit = { told, tries }), 50);
			// A connection beside it, which nobody harms.
			const stream = StreamClient(boot()).connect("echo");
			stream.write("hello");
			return first(stream, "data");
			""";

	@RegisterExtension
	static final JourneyStage stage = new JourneyStage();

	@ParameterizedTest
	@ValueSource(strings = { "strict", "sockets-only", "isolated" })
	void pageIsServedUnderItsPolicy(String page) {
		Page visitor = stage.visit("/journey/" + page + ".html");
		JsonNode visit = awaitVisit(visitor, (each) -> !each.get("received").isEmpty());
		assertThat(Page.strings(visit.get("received"))).containsExactly("hello");
		assertThat(visit.get("told")).isEmpty();
	}

	@Test
	void pageWhosePolicyAllowsNoConnectionIsToldOnce() {
		Page visitor = stage.visit("/journey/offline.html");
		JsonNode visit = awaitVisit(visitor, (each) -> !each.get("told").isEmpty() && each.get("tries").asInt() >= 3);
		assertThat(visit.get("told")).hasSize(1);
		assertThat(visit.at("/told/0/code").asString()).isEqualTo("CONNECTION_LOST");
	}

	@Test
	void sandboxedFrameWhichHasNoOriginIsToldOnceThatItIsRefused() {
		Page visitor = stage.visit("/journey/frame.html");
		JsonNode visit = awaitVisit(visitor, (each) -> !each.get("told").isEmpty());
		assertThat(visit.get("told")).hasSize(1);
		assertThat(visit.at("/told/0/code").asString()).isEqualTo("REFUSED");
		assertThat(visit.at("/told/0/status").asInt()).isEqualTo(403);
		assertThat(visit.at("/told/0/message").asString()).contains("allowed-origins");
	}

	@ParameterizedTest
	@CsvSource({ "/nothing-here, NO_SUCH_ROUTE, 404", "/journey/login, PROTOCOL_ERROR, 200" })
	void addressThatIsNotOursIsToldOnceAndHarmsNothingElse(String address, String code, int status) {
		Page visitor = stage.client();
		assertThat(visitor.run(BOOT_AT, address).asString()).isEqualTo("hello");
		JsonNode visit = awaitVisit(visitor, (each) -> each.get("tries").asInt() >= 3);
		assertThat(visit.get("told")).hasSize(1);
		assertThat(visit.at("/told/0/code").asString()).isEqualTo(code);
		assertThat(visit.at("/told/0/status").asInt()).isEqualTo(status);
	}

	/** Tried again slowly, so that no page waits for a second try here. */
	@ParameterizedTest
	@CsvSource({ "/journey/guarded, 302", "/journey/secret, 401" })
	void loginThatIsMissingIsTold(String address, int status) {
		Page visitor = stage.client();
		visitor.run(BOOT_AT, address);
		JsonNode visit = awaitVisit(visitor, (each) -> !each.get("told").isEmpty());
		assertThat(visit.at("/told/0/code").asString()).isEqualTo("REFUSED");
		assertThat(visit.at("/told/0/status").asInt()).isEqualTo(status);
	}

	private static JsonNode awaitVisit(Page page, Predicate<JsonNode> condition) {
		JsonNode[] last = new JsonNode[1];
		Await.until("the page has what it waits for, its last state: " + last[0], SEVERAL_TRIES, () -> {
			last[0] = page.call("return globalThis.visit");
			return !last[0].isNull() && condition.test(last[0]);
		});
		return last[0];
	}

}
