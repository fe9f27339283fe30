/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.io.IOException;
import java.time.Duration;

import io.github.browserstreamserver.sample.support.SampleProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application's process stands still for longer than peers may be silent, as it does
 * under a debugger, in a virtual machine that is moved, or while garbage is collected.
 */
class StandstillIT {

	/** The shortest {@code liveness-timeout}, and more than twice that. */
	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final Duration STANDSTILL = Duration.ofSeconds(12);

	private static final String LISTEN = """
			page.events = [];
			const mdm = boot();
			mdm.on("disconnect", (error) => page.events.push(error.code));
			const server = StreamServer(mdm, (stream) => stream.pipe(stream)).listen(args[0]);
			await server.ready;
			""";

	private static final String TALK = """
			page.stream = StreamClient(boot()).connect(args[0]);
			page.ends = [];
			page.stream.on("error", (error) => page.ends.push(error.code)).on("close", () => page.ends.push("close"));
			page.stream.write("hello");
			return first(page.stream, "data");
			""";

	/** Once a second, for as long as it is told. */
	private static final String GO_ON = """
			const end = performance.now() + args[0];
			while (performance.now() < end) {
			  const answer = first(page.stream, "data");
			  page.stream.write("still there?");
			  await answer;
			  await new Promise((resolve) => setTimeout(resolve, 1000));
			}
			""";

	@RegisterExtension
	static final Stage stage = new Stage();

	private static SampleProcess sample;

	@BeforeAll
	static void startSample() {
		sample = stage.startOwnSample("--browser-stream-server.liveness-timeout=" + TIMEOUT.toSeconds() + "s");
	}

	@Test
	void nobodyIsCutOffBecauseTheApplicationStoodStill() throws IOException, InterruptedException {
		String name = stage.name();
		Tab host = stage.host(sample.origin());
		host.run(LISTEN, name);
		Tab client = stage.client(sample.origin());
		assertThat(client.run(TALK, name)).isEqualTo("hello");
		sample.standStill(STANDSTILL);
		client.run(GO_ON, 2 * TIMEOUT.toMillis());
		assertThat(client.list("return page.ends")).isEmpty();
		assertThat(host.list("return page.events")).isEmpty();
	}

}
