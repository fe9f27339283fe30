/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.util.List;
import java.util.logging.Level;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.OriginalClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the streams and names of the original's clients begin and end, and what those who
 * are left get to see.
 */
class OriginalEndingsIT {

	/** A host that answers, and remembers how its streams went. */
	private static final String LISTEN = """
			page.streams = [];
			const server = StreamServer(boot(), (stream) => {
			  page.streams.push(stream);
			  stream.ended = record(stream);
			  stream.write("hello");
			});
			page.server = server.listen(args[0]);
			page.serverEnded = record(page.server);
			""";

	/** A client that is connected, and remembers how its stream went. */
	private static final String CONNECT = """
			page.mdm ??= boot();
			page.stream = StreamClient(page.mdm).connect(args[0]);
			page.ended = record(page.stream);
			page.stream.write("hi");
			return first(page.stream, "data");
			""";

	/** A client that counts how often it asks. */
	private static final String ASK = """
			const mdm = boot();
			const createStream = mdm.createStream;
			page.tries = 0;
			mdm.createStream = (...given) => {
			  page.tries++;
			  page.tried?.();
			  return createStream(...given);
			};
			const stream = StreamClient(mdm).connect(args[0]);
			stream.write("anybody?");
			""";

	private static final String ENDED = "return page.ended";

	private static final String FIRST_ENDED = "return page.streams[0].ended";

	@RegisterExtension
	static final Stage stage = new Stage();

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void clientThatIsEarlyWaitsAndTriesAgainUntilTheHostListens(String version) {
		String name = stage.name();
		OriginalTab client = stage.originalClient(version);
		client.run(ASK + """
				page.answer = first(stream, "data");
				await new Promise((resolve) => {
				  page.tried = () => page.tries >= 2 && resolve();
				});
				""", name);
		OriginalTab host = stage.originalHost(version);
		host.run(LISTEN, name);
		assertThat(client.run("return page.answer")).isEqualTo("hello");
		// the second may well wait until the host is there
		assertThat(client.run("return page.tries")).isIn(2L, 3L, 4L);
		assertThat(host.run("return page.streams.length")).isEqualTo(1L);
	}

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void clientOfAMissingNameGetsTheErrorAfterFourTries(String version) {
		String name = stage.name();
		assertThat(stage.originalClient(version).list(ASK + """
				const start = performance.now();
				const events = await record(stream, "error");
				const waited = performance.now() - start;
				// Nothing else happens to it.
				await pause(100);
				return [...events, page.tries, waited > 1400];
				""", name)).containsExactly("404 / server does not exist / " + name, "4", "true");
	}

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void nameThatIsTakenCannotBeListenedOn(String version) {
		String name = stage.name();
		stage.originalHost(version).run(LISTEN, name);
		OriginalTab other = stage.originalClient(version);
		other.run(CONNECT, name);
		assertThat(other.list("return record(StreamServer(page.mdm, () => {}).listen(args[0]))", name))
			.containsExactly("500 / server already exists / " + name, "end");
		assertThat(other.run(CONNECT, name)).isEqualTo("hello");
	}

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void serverThatEndsEndsItsStreamsAndFreesItsName(String version) {
		String name = stage.name();
		OriginalTab host = stage.originalHost(version);
		host.run(LISTEN, name);
		OriginalTab client = stage.originalClient(version);
		client.run(CONNECT, name);
		assertThat(stage.sample().names()).contains(name);

		host.run("page.server.end()");

		assertThat(client.list(ENDED)).containsExactly("data", "end");
		assertThat(host.list(FIRST_ENDED)).containsExactly("data", "end");
		assertThat(stage.sample().names()).doesNotContain(name);
		client.run(LISTEN, name);
		assertThat(host.run(CONNECT, name)).isEqualTo("hello");
	}

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void streamThatItsClientEndsEndsAtTheHostWithAllThatWasWritten(String version) {
		String name = stage.name();
		OriginalTab host = stage.originalHost(version);
		host.run(LISTEN, name);
		OriginalTab client = stage.originalClient(version);
		client.run(CONNECT, name);
		client.run("""
				for (let i = 0; i < 50; i++) page.stream.write(i);
				page.stream.end();
				""");
		assertThat(host.list(FIRST_ENDED)).hasSize(52).endsWith("data", "end");
		assertThat(client.list(ENDED)).containsExactly("data", "end");
		assertThat(client.run(CONNECT, name)).isEqualTo("hello");
	}

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void streamThatItsHostEndsEndsAtTheClientAndTouchesNoOther(String version) {
		String name = stage.name();
		OriginalTab host = stage.originalHost(version);
		host.run(LISTEN, name);
		OriginalTab first = stage.originalClient(version);
		first.run(CONNECT, name);
		OriginalTab second = stage.originalClient(version);
		second.run(CONNECT, name);

		host.run("page.streams[0].end()");

		assertThat(first.list(ENDED)).containsExactly("data", "end");
		assertThat(host.list(FIRST_ENDED)).containsExactly("data", "end");
		second.run("page.next = first(page.stream, \"data\")");
		host.run("page.streams[1].write(\"still here\")");
		assertThat(second.run("return page.next")).isEqualTo("still here");
		assertThat(stage.sample().names()).contains(name);
	}

	@Test
	void clientsOfATabThatIsClosedGetTheEnd() {
		String name = stage.name();
		OriginalTab host = stage.originalHost(OriginalClients.OLD);
		host.run(LISTEN, name);
		OriginalTab client = stage.originalClient(OriginalClients.OLD);
		client.run(CONNECT, name);

		host.closeWindow();

		assertThat(client.list(ENDED)).containsExactly("data", "end");
		Await.until("the name is free", Stage.PATIENCE, () -> !stage.sample().names().contains(name));
	}

	@Test
	void hostOfAClientWhoseTabIsClosedGetsTheEnd() {
		String name = stage.name();
		OriginalTab host = stage.originalHost(OriginalClients.OLD);
		host.run(LISTEN, name);
		OriginalTab client = stage.originalClient(OriginalClients.OLD);
		client.run(CONNECT, name);

		client.closeWindow();

		assertThat(host.list(FIRST_ENDED)).containsExactly("data", "end");
		assertThat(stage.originalClient(OriginalClients.OLD).run(CONNECT, name)).isEqualTo("hello");
	}

	@Test
	void namesMayHaveAnyLettersAndAnyMeaning() {
		OriginalTab host = stage.originalHost(OriginalClients.OLD);
		OriginalTab client = stage.originalClient(OriginalClients.OLD);
		List<String> names = List.of("a b", "räume 🦊 \"eins\"?&#.", "__proto__", "constructor", "toString");
		for (String name : names) {
			host.run(LISTEN, name);
			assertThat(client.run(CONNECT, name)).as(name).isEqualTo("hello");
			assertThat(stage.sample().names()).contains(name);
		}
		host.run(LISTEN, "a%2Fb+c");
		assertThat(client.run(CONNECT, "a%2fb+c")).isEqualTo("hello");
		assertThat(stage.sample().names()).contains("a/b+c");
		assertThat(client.console(Level.SEVERE)).isEmpty();
	}

	@Test
	void namesThatCannotBeAreAnErrorOfTheirStreamAlone() {
		OriginalTab host = stage.originalHost(OriginalClients.OLD);
		String name = stage.name();
		host.run(LISTEN, name);
		OriginalTab client = stage.originalClient(OriginalClients.OLD);
		client.run(CONNECT, name);
		String listen = "return record(StreamServer(page.mdm, () => {}).listen(args[0]))";
		String connect = "return record(StreamClient(page.mdm).connect(args[0]), \"error\")";
		assertThat(client.list(listen, "a/b")).containsExactly("404: invalid route: /stream-server/server/a/b", "end");
		for (String bad : List.of("100%", "%zz", "%c3%28")) {
			assertThat(client.list(listen, bad)).as(bad).hasSize(2).endsWith("end");
			assertThat(client.list(connect, bad)).as(bad).hasSize(1);
		}
		host.run("""
				page.heard = new Promise((resolve) => {
				  page.streams[0].on("data", (value) => value === "still here" && resolve(value));
				});
				""");
		client.run("page.stream.write(\"still here\")");
		assertThat(host.run("return page.heard")).isEqualTo("still here");
		assertThat(client.run(CONNECT, name)).isEqualTo("hello");
	}

}
