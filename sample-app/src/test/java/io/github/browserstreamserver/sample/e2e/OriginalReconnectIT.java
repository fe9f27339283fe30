/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.io.IOException;
import java.time.Duration;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.OriginalClients;
import io.github.browserstreamserver.sample.support.SampleProcess;
import io.github.browserstreamserver.sample.support.TcpProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The original's {@code boot} connects again when its connection has dropped, and brings
 * its names back.
 */
class OriginalReconnectIT {

	private static final Duration RETRY_PATIENCE = Duration.ofSeconds(25);

	/** A host that sends everything back, and remembers what happened. */
	private static final String LISTEN = """
			page.mdm = boot();
			page.events = [];
			page.streams = [];
			for (const event of ["connect", "disconnect"]) page.mdm.on(event, () => page.events.push(event));
			const server = StreamServer(page.mdm, (stream) => {
			  page.streams.push(record(stream));
			  stream.on("data", (value) => stream.write(value));
			});
			const listening = server.listen(args[0]);
			for (const event of ["error", "end"]) listening.on(event, () => page.events.push(`server ${event}`));
			""";

	private static final String TALK = """
			page.mdm ??= boot();
			page.stream = StreamClient(page.mdm).connect(args[0]);
			page.ended = record(page.stream);
			page.stream.write("hello");
			return first(page.stream, "data");
			""";

	@RegisterExtension
	static final Stage stage = new Stage();

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void hostWhoseConnectionDropsGetsItsNameBack(String version) throws IOException {
		TcpProxy proxy = stage.keep(new TcpProxy(stage.sample().port()));
		String name = stage.name();
		OriginalTab host = stage.originalHost(version, proxy.origin());
		host.run(LISTEN, name);
		OriginalTab client = stage.originalClient(version);
		assertThat(client.run(TALK, name)).isEqualTo("hello");

		host.run("page.connected = first(page.mdm, \"connect\")");
		proxy.drop();

		assertThat(client.list("return page.ended")).containsExactly("data", "end");
		host.run("await page.connected");
		assertThat(client.run(TALK, name)).isEqualTo("hello");
		assertThat(host.list("return page.events")).containsExactly("connect", "disconnect", "connect");
	}

	@Test
	void hostKeepsItsNameThroughManyDrops() throws IOException {
		TcpProxy proxy = stage.keep(new TcpProxy(stage.sample().port()));
		String name = stage.name();
		OriginalTab host = stage.originalHost(OriginalClients.OLD, proxy.origin());
		host.run(LISTEN, name);
		OriginalTab client = stage.originalClient(OriginalClients.OLD);
		for (int i = 0; i < 4; i++) {
			Await.until("the name is there", RETRY_PATIENCE, () -> stage.sample().names().contains(name));
			host.run("page.connected = first(page.mdm, \"connect\")");
			proxy.drop();
			host.run("await page.connected");
		}
		assertThat(client.run(TALK, name)).isEqualTo("hello");
		assertThat(host.list("return page.events")).doesNotContain("server error", "server end");
	}

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void clientWhoseConnectionDropsConnectsAgainAndTheHostIsTold(String version) throws IOException {
		TcpProxy proxy = stage.keep(new TcpProxy(stage.sample().port()));
		String name = stage.name();
		OriginalTab host = stage.originalHost(version);
		host.run(LISTEN, name);
		OriginalTab client = stage.originalClient(version, proxy.origin());
		assertThat(client.run(TALK, name)).isEqualTo("hello");

		client.run("page.connected = first(page.mdm, \"connect\")");
		proxy.drop();

		assertThat(host.list("return page.streams[0]")).containsExactly("data", "end");
		client.run("await page.connected");
		assertThat(client.run(TALK, name)).isEqualTo("hello");
	}

	/** The old boot opens the streams of a client anew, with the same meta. */
	@Test
	void streamThatWasOpenBeforeTheDropReachesTheHostAsANewOne() throws IOException {
		TcpProxy proxy = stage.keep(new TcpProxy(stage.sample().port()));
		String name = stage.name();
		OriginalTab host = stage.originalHost(OriginalClients.OLD);
		host.run(LISTEN, name);
		OriginalTab client = stage.originalClient(OriginalClients.OLD, proxy.origin());
		assertThat(client.run(TALK, name)).isEqualTo("hello");

		client.run("page.reopened = first(page.stream, \"data\")");
		proxy.drop();

		assertThat(client.run("return page.reopened")).isEqualTo("[stream-server]:open");
		assertThat(client.run("""
				page.stream.write("again");
				return first(page.stream, "data");
				""")).isEqualTo("again");
		assertThat(host.run("return page.streams.length")).isEqualTo(2L);
	}

	@Test
	void pagesFindTheApplicationAgainWhenItWasStoppedAndStarted() {
		SampleProcess sample = stage.startOwnSample();
		String name = stage.name();
		OriginalTab host = stage.originalHost(OriginalClients.OLD, sample.origin());
		host.run(LISTEN, name);
		OriginalTab client = stage.originalClient(OriginalClients.NEW, sample.origin());
		assertThat(client.run(TALK, name)).isEqualTo("hello");

		sample.stop();
		sample.startAgain();
		Duration back = Await.until("the name is back", RETRY_PATIENCE, () -> sample.names().contains(name));

		assertThat(client.run(TALK, name)).isEqualTo("hello");
		Stage.say("the original's host had its name back %d ms after the start".formatted(back.toMillis()));
	}

}
