/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.time.Duration;
import java.util.List;

import io.github.browserstreamserver.sample.support.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How streams and names end, and what those who are left get to see.
 */
class EndingsIT {

	private static final Duration ONE_SECOND = Duration.ofSeconds(1);

	/** A host that answers, and remembers how its streams went. */
	private static final String LISTEN = """
			page.streams = [];
			page.server = StreamServer(boot(), (stream) => {
			  page.streams.push(record(stream));
			  stream.on("end", () => stream.end());
			  stream.write("hello");
			}).listen(args[0]);
			await page.server.ready;
			""";

	/** A client that is connected, and remembers how its stream went. */
	private static final String CONNECT = """
			const stream = StreamClient(boot()).connect(args[0]);
			page.stream = stream;
			page.events = record(stream);
			stream.on("end", () => stream.end());
			await first(stream, "data");
			""";

	@RegisterExtension
	static final Stage stage = new Stage();

	@Test
	void clientsOfATabThatIsClosedAreToldThatTheHostIsGone() {
		String name = stage.name();
		Tab host = stage.host();
		host.run(LISTEN, name);
		Tab client = stage.client();
		client.run(CONNECT, name);
		assertThat(stage.sample().names()).contains(name);

		host.closeWindow();

		Duration gone = Await.until("the name is gone", ONE_SECOND, () -> !stage.sample().names().contains(name));
		assertThat(client.list("return page.events")).containsExactly("open", "data", "HOST_GONE", "close");
		Stage.say("name gone %d ms after the tab was closed".formatted(gone.toMillis()));
	}

	@Test
	void clientsOfABrowserThatIsClosedAreToldThatTheHostIsGone() {
		String name = stage.name();
		Browser browser = stage.newBrowser();
		stage.open(browser, stage.sample().origin()).run(LISTEN, name);
		Tab client = stage.client();
		client.run(CONNECT, name);

		browser.close();

		Await.until("the name is gone", ONE_SECOND, () -> !stage.sample().names().contains(name));
		assertThat(client.list("return page.events")).containsExactly("open", "data", "HOST_GONE", "close");
	}

	@Test
	void hostOfAClientWhoseTabIsClosedIsToldThatTheClientIsGone() {
		String name = stage.name();
		Tab host = stage.host();
		host.run(LISTEN, name);
		Tab client = stage.client();
		client.run(CONNECT, name);

		client.closeWindow();

		assertThat(host.list("return page.streams[0]")).containsExactly("CLIENT_GONE", "close");
		Tab another = stage.client();
		another.run(CONNECT, name);
		assertThat(host.run("return page.streams.length")).isEqualTo(2L);
	}

	@Test
	void nameThatIsTakenCannotBeListenedOn() {
		String name = stage.name();
		stage.host().run(LISTEN, name);
		String listen = """
				const server = StreamServer(boot(), () => {}).listen(args[0]);
				const refused = server.ready.then(() => "none", (error) => error.code);
				return [...await record(server), await refused, String(server.listening)];
				""";
		Tab client = stage.client();
		assertThat(client.list(listen, name)).containsExactly("NAME_TAKEN", "close", "NAME_TAKEN", "false");
		client.run(CONNECT, name);
	}

	@Test
	void nameThatThisPageListensOnItselfIsTakenToo() {
		String name = stage.name();
		Tab host = stage.host();
		host.run(LISTEN, name);
		assertThat(host.list("return record(StreamServer(boot(), () => {}).listen(args[0]))", name))
			.containsExactly("NAME_TAKEN", "close");
		stage.client().run(CONNECT, name);
	}

	@Test
	void nameThatNobodyListensOnCannotBeConnectedTo() {
		String name = stage.name();
		assertThat(stage.client().list("""
				const stream = StreamClient(boot()).connect(args[0]);
				stream.write("anybody?");
				const events = await record(stream);
				return [...events, stream.errored.message];
				""", name)).satisfiesExactly((error) -> assertThat(error).isEqualTo("NO_SUCH_SERVER"),
				(close) -> assertThat(close).isEqualTo("close"), (message) -> assertThat(message).contains(name));
	}

	@Test
	void javaCodeIsAnsweredByATabAndToldWhenThereIsNone() {
		String name = stage.name();
		String path = "/ask/" + name + "?q=how+are+you";
		assertThat(stage.sample().get(path).statusCode()).isEqualTo(404);
		stage.host().run("""
				await StreamServer(boot(), (stream) => {
				  stream.on("data", (question) => stream.end(`${question}? Fine.`));
				}).listen(args[0]).ready;
				""", name);
		assertThat(stage.sample().get(path).body()).isEqualTo("how are you? Fine.");
	}

	@Test
	void serverThatEndsEndsItsStreamsAndFreesItsNameAtOnce() {
		String name = stage.name();
		Tab host = stage.host();
		host.run(LISTEN, name);
		Tab client = stage.client();
		client.run(CONNECT, name);

		host.run("""
				const closed = first(page.server, "close");
				page.server.end();
				await closed;
				""");

		Tab successor = stage.client();
		successor.run(LISTEN, name);
		assertThat(client.list("return page.events")).containsExactly("open", "data", "end", "finish", "close");
		assertThat(host.list("return page.streams[0]")).containsExactly("end", "finish", "close");
		Tab another = stage.host();
		another.run(CONNECT, name);
		assertThat(successor.run("return page.streams.length")).isEqualTo(1L);
	}

	@Test
	void streamsOfAPageThatIsReloadedEndAndItsNameIsFree() {
		String name = stage.name();
		Tab host = stage.host();
		host.run(LISTEN, name);
		Tab client = stage.client();
		client.run(CONNECT, name);

		host.reload();

		assertThat(client.list("return page.events")).containsExactly("open", "data", "HOST_GONE", "close");
		host.run(LISTEN, name);
		assertThat(stage.sample().names()).contains(name);
	}

	@Test
	void namesMayHaveAnyLettersAndSlashes() {
		List<String> names = List.of("räume/🦊 eins?&#%2F", "a/" + stage.name());
		Tab host = stage.host();
		for (String name : names) {
			host.run(LISTEN, name);
			stage.client().run(CONNECT, name);
		}
		assertThat(stage.sample().names()).containsAll(names);
		assertThat(stage.sample().get("/actuator/streamservers/" + names.get(1)).statusCode()).isEqualTo(200);
	}

}
