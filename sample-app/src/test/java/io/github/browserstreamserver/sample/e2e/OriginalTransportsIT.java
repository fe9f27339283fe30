/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.util.List;

import io.github.browserstreamserver.sample.support.OriginalClients;
import io.github.browserstreamserver.sample.support.SampleProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where there is no WebSocket, the original's clients do with HTTP what they do with it.
 */
class OriginalTransportsIT {

	/** A page that notes what it asks the application for. */
	private static final String WATCH = """
			page.urls = [];
			const open = XMLHttpRequest.prototype.open;
			XMLHttpRequest.prototype.open = function (method, url, ...rest) {
			  page.urls.push(`${method} ${url}`);
			  return open.call(this, method, url, ...rest);
			};
			""";

	/** A page that has nothing but one transport. */
	private static final String ONLY = WATCH
			+ """
					const SockJS = require("sockjs-client");
					for (const other of ["websocket", "xhr-streaming", "iframe-eventsource", "iframe-htmlfile", "xhr-polling"]) {
					  if (other !== args[0]) SockJS[other].enabled = () => false;
					}
					""";

	/** What was used: the last parts of the paths, each once. */
	private static final String USED = """
			return [...new Set(page.urls.map((url) => url.replace(/ .*\\//, " ")))].sort();
			""";

	private static final String SWAP = """
			const swap = async (stream, name) => {
			  const all = take(stream, 200);
			  for (let i = 0; i < 200; i++) stream.write(i % 2 ? `${name} ${i} 🦊\\u2028` : { [name]: i });
			  return (await all).every((value, i) => {
			    const other = name === "host" ? "client" : "host";
			    return i % 2 ? value === `${other} ${i} 🦊\\u2028` : value[other] === i;
			  });
			};
			""";

	@RegisterExtension
	static final Stage stage = new Stage();

	@ParameterizedTest
	@ValueSource(strings = { "xhr-streaming", "xhr-polling" })
	void hostAndClientTalkOverHttp(String transport) {
		String name = stage.name();
		OriginalTab host = stage.originalHost(OriginalClients.OLD);
		host.run(ONLY, transport);
		host.run(SWAP + """
				const server = StreamServer(boot(), async (stream) => {
				  page.right = swap(stream, "host");
				  await page.right;
				  stream.on("data", (value) => stream.write(value));
				  stream.write("ready");
				});
				server.listen(args[0]);
				""", name);
		OriginalTab client = stage.originalClient(OriginalClients.OLD);
		client.run(ONLY, transport);
		assertThat(client.run(SWAP + """
				page.stream = StreamClient(boot()).connect(args[0]);
				const ready = take(page.stream, 201);
				return (await swap(page.stream, "client")) && (await ready).at(-1) === "ready";
				""", name)).isEqualTo(true);
		assertThat(host.run("return page.right")).isEqualTo(true);
		assertThat(client.run("""
				const big = "ä🦊x\\"\\n".repeat(25000);
				const answer = first(page.stream, "data");
				page.stream.write({ big });
				return (await answer).big === big;
				""")).as("a message of 200 kB").isEqualTo(true);

		List<String> used = List.of("GET info", "POST xhr_send",
				"POST " + (transport.equals("xhr-polling") ? "xhr" : "xhr_streaming"));
		assertThat(host.list(USED)).hasSameElementsAs(used);
		assertThat(client.list(USED)).hasSameElementsAs(used);
	}

	@ParameterizedTest
	@ValueSource(strings = { "xhr-streaming", "xhr-polling" })
	void clientOverHttpIsToldOfEndsAndTellsOfThem(String transport) {
		String name = stage.name();
		OriginalTab host = stage.originalHost(OriginalClients.OLD);
		host.run("""
				page.streams = [];
				const server = StreamServer(boot(), (stream) => {
				  page.streams.push(stream);
				  stream.ended = record(stream);
				  stream.write("hello");
				});
				server.listen(args[0]);
				""", name);
		OriginalTab client = stage.originalClient(OriginalClients.OLD);
		client.run(ONLY, transport);
		client.run("""
				const mdm = boot();
				const [one, other] = [0, 1].map(() => StreamClient(mdm).connect(args[0]));
				page.ended = [record(one), record(other)];
				await Promise.all([first(one, "data"), first(other, "data")]);
				one.end("bye");
				await page.ended[0];
				""", name);
		assertThat(host.list("return page.streams[0].ended")).containsExactly("data", "end");
		host.run("page.streams[1].end()");
		assertThat(client.list("return page.ended[1]")).containsExactly("data", "end");
	}

	@Test
	void pageWithoutWebSocketTakesStreaming() {
		String name = stage.name();
		stage.originalHost(OriginalClients.NEW).run(OriginalMessagesIT.ECHO, name);
		OriginalTab client = stage.originalClient(OriginalClients.NEW);
		assertThat(client.run(WATCH + """
				window.WebSocket = undefined;
				const stream = StreamClient(boot()).connect(args[0]);
				stream.write("hello");
				return first(stream, "data");
				""", name)).isEqualTo("hello");
		assertThat(client.list(USED)).containsExactly("GET info", "POST xhr_send", "POST xhr_streaming");
	}

	/** The old client gives up on a WebSocket that is slow to open. */
	@Test
	void pageWithWebSocketUsesIt() {
		String name = stage.name();
		stage.originalHost(OriginalClients.OLD).run(OriginalMessagesIT.ECHO, name);
		OriginalTab client = stage.originalClient(OriginalClients.OLD);
		assertThat(client.run(WATCH + """
				const stream = StreamClient(boot()).connect(args[0]);
				stream.write("hello");
				return first(stream, "data");
				""", name)).isEqualTo("hello");
		assertThat(client.list(USED)).containsExactly("GET info");
	}

	@Test
	void firstWebSocketOfAFreshApplicationIsAnsweredInTime() {
		SampleProcess sample = stage.startOwnSample();
		OriginalTab page = stage.originalHost(OriginalClients.OLD, sample.origin());
		page.run(WATCH + """
				await first(boot(), "connect");
				""");
		assertThat(page.list(USED)).containsExactly("GET info");
	}

	@Test
	void greetingAndInfoAreThere() {
		assertThat(stage.sample().get("/boot").body()).isEqualTo("Welcome to SockJS!\n");
		assertThat(stage.sample().get("/boot/info").body()).contains("\"websocket\":true", "\"entropy\":");
	}

}
