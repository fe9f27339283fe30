/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.SampleProcess;
import io.github.browserstreamserver.sample.support.TcpProxy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tabs outlive their connections, whether the network fails between them and the
 * application, or the application itself.
 */
class LostConnectionsIT {

	/** A tab waits up to 10 s between two tries. */
	private static final Duration RETRY_PATIENCE = Duration.ofSeconds(25);

	/** A host that sends everything back, and remembers what happened to it. */
	private static final String LISTEN = """
			page.events = [];
			page.streams = [];
			page.listened = 0;
			const mdm = boot();
			mdm.on("connect", () => { page.events.push("connect"); page.connectedAt = performance.now(); });
			mdm.on("disconnect", (error) => page.events.push(error.code));
			const server = StreamServer(mdm, (stream) => {
			  page.streams.push(record(stream));
			  stream.pipe(stream);
			}).listen(args[0]);
			await server.ready;
			server.on("error", (error) => page.events.push(`server ${error.code}`));
			page.again = first(server, "listening");
			server.on("listening", () => { page.listened++; page.ownedAfter = performance.now() - page.connectedAt; });
			""";

	/** A client that talks to it on a stream that stays open. */
	private static final String TALK = """
			const stream = StreamClient(boot()).connect(args[0]);
			page.streams = [...(page.streams ?? []), record(stream)];
			stream.write("hello");
			return first(stream, "data");
			""";

	private static final String FIRST_STREAM = "return page.streams[0]";

	@RegisterExtension
	static final Stage stage = new Stage();

	private static SampleProcess sample;

	/** With a keepalive that is short enough to wait for silence to be noticed. */
	@BeforeAll
	static void startSample() {
		sample = stage.startOwnSample("--browser-stream-server.keepalive=2s");
	}

	@Test
	void hostWhoseLineIsCutGetsItsNameBackWhileTheApplicationHoldsTheOldLine() throws IOException {
		TcpProxy proxy = stage.keep(new TcpProxy(sample.port()));
		String name = stage.name();
		Tab host = stage.host(proxy.origin());
		host.run(LISTEN, name);
		Tab client = stage.client(sample.origin());
		assertThat(client.run(TALK, name)).isEqualTo("hello");

		long start = System.nanoTime();
		List<TcpProxy.Line> cut = proxy.cut();
		host.run("await page.again");
		Duration back = since(start);

		assertThat(cut).as("lines that the application holds open").anyMatch(TcpProxy.Line::isHalfOpen);
		assertThat(sample.names()).contains(name);
		assertThat(client.run(TALK, name)).isEqualTo("hello");
		assertThat(client.list(FIRST_STREAM)).as("what went through the old line")
			.containsExactly("open", "data", "HOST_GONE", "close");
		assertThat(host.list("return page.events")).endsWith("CONNECTION_LOST", "connect")
			.noneMatch((event) -> event.startsWith("server"));
		Stage.say("line cut: the name was back after %d ms".formatted(back.toMillis()));
	}

	@Test
	void hostWhoseLineFallsSilentNoticesAndGetsItsNameBack() throws IOException {
		TcpProxy proxy = stage.keep(new TcpProxy(sample.port()));
		String name = stage.name();
		Tab host = stage.host(proxy.origin());
		host.run(LISTEN, name);
		Tab client = stage.client(sample.origin());
		assertThat(client.run(TALK, name)).isEqualTo("hello");

		long start = System.nanoTime();
		proxy.fallSilent();
		host.run("await page.again");
		Duration back = since(start);

		assertThat(client.run(TALK, name)).isEqualTo("hello");
		assertThat(client.list(FIRST_STREAM)).containsExactly("open", "data", "HOST_GONE", "close");
		// As long as the line stays silent, nothing answers, which is another reason.
		assertThat(host.list("return page.events")).startsWith("connect", "TIMEOUT")
			.endsWith("connect")
			.noneMatch((event) -> event.startsWith("server"));
		double owned = ((Number) host.run("return page.ownedAfter")).doubleValue();
		assertThat(owned).as("ms from the new connection to the name").isLessThan(100);
		Stage
			.say("line silent: the name was back after %d ms, with a keepalive of 2 s, %.1f ms after the new connection"
				.formatted(back.toMillis(), owned));
	}

	@Test
	void clientWhoseLineIsCutConnectsAgainAndTheHostIsTold() throws IOException {
		TcpProxy proxy = stage.keep(new TcpProxy(sample.port()));
		String name = stage.name();
		Tab host = stage.host(sample.origin());
		host.run(LISTEN, name);
		Tab client = stage.client(proxy.origin());
		assertThat(client.run(TALK, name)).isEqualTo("hello");

		proxy.cut();

		assertThat(client.list(FIRST_STREAM)).containsExactly("open", "data", "CONNECTION_LOST", "close");
		assertThat(client.run(TALK, name)).isEqualTo("hello");
		assertThat(host.list(FIRST_STREAM)).containsExactly("data", "CLIENT_GONE", "close");
	}

	@Test
	void tabsListenAndConnectAgainWhenTheApplicationWasStoppedAndStarted() {
		assertThat(restart("stopped", SampleProcess::stop)).isSubsetOf("SHUTDOWN", "CONNECTION_LOST");
	}

	@Test
	void tabsListenAndConnectAgainWhenTheApplicationWasKilledAndStarted() {
		assertThat(restart("killed", SampleProcess::kill)).containsOnly("CONNECTION_LOST");
	}

	/** Returns what an open stream ended with, at the client and at the host. */
	private static List<String> restart(String how, Consumer<SampleProcess> stop) {
		String name = stage.name();
		Tab host = stage.host(sample.origin());
		host.run(LISTEN, name);
		Tab client = stage.client(sample.origin());
		assertThat(client.run(TALK, name)).isEqualTo("hello");

		long start = System.nanoTime();
		stop.accept(sample);
		Duration stopping = since(start);
		List<String> atClient = client.list(FIRST_STREAM);
		List<String> atHost = host.list(FIRST_STREAM);
		// What is asked for while there is no application waits for it.
		String late = name + "-late";
		host.run("StreamServer(boot(), (stream) => stream.pipe(stream)).listen(args[0])", late);
		start = System.nanoTime();
		sample.startAgain();
		Duration starting = since(start);
		start = System.nanoTime();
		Duration back = Await.until("the names are listened on again", RETRY_PATIENCE,
				() -> sample.names().containsAll(List.of(name, late)));

		assertThat(client.run(TALK, name)).isEqualTo("hello");
		assertThat(client.run(TALK, late)).isEqualTo("hello");
		Duration reached = since(start);
		assertThat(host.run("return page.listened")).isEqualTo(1L);
		assertThat(atClient).hasSize(4).startsWith("open", "data").endsWith("close");
		assertThat(atHost).hasSize(3).startsWith("data").endsWith("close");
		Stage.say(("application %s in %d ms, started in %d ms; %d ms later the names were back,"
				+ " after %d ms a client had reached them")
			.formatted(how, stopping.toMillis(), starting.toMillis(), back.toMillis(), reached.toMillis()));
		return List.of(atClient.get(2), atHost.get(1));
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
