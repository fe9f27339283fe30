/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.util.List;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.OriginalClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages of 2012 and pages of today, and Java code, meet under the same names.
 */
class OriginalWithNewIT {

	/** Messages of all kinds that both dialects have. */
	private static final String MIXED = """
			const mixed = (name, i) => [
			  `${name} ${i} 🦊`, { [name]: i, list: [i, null, "\\u2028"] }, i / 4, i % 2 === 0, null, [name, { i }],
			  "x".repeat(i % 300), "",
			][i % 8];
			const check = (stream, name, count) => new Promise((resolve) => {
			  let got = 0;
			  let wrong = 0;
			  stream.on("data", (value) => {
			    if (JSON.stringify(value) !== JSON.stringify(mixed(name, got))) wrong++;
			    if (++got === count) resolve(`${got} messages, ${wrong} wrong`);
			  });
			  for (const event of ["error", "end", "close"]) {
			    stream.on(event, (error) => resolve(`${got} messages, ${wrong} wrong, then ${event} ${error?.message ?? ""}`));
			  }
			});
			""";

	private static final String SWAP_ORIGINAL = MIXED + """
			const swap = (stream) => {
			  page.right = check(stream, "new", args[1]);
			  for (let i = 0; i < args[1]; i++) stream.write(mixed("original", i));
			};
			""";

	private static final String SWAP_NEW = MIXED + """
			const swap = async (stream) => {
			  page.right = check(stream, "original", args[1]);
			  for (let i = 0; i < args[1]; i++) {
			    if (!stream.write(mixed("new", i))) await first(stream, "drain");
			  }
			};
			""";

	private static final String LISTEN_ORIGINAL = "StreamServer(boot(), swap).listen(args[0]);";

	private static final String LISTEN_NEW = "await StreamServer(boot(), swap).listen(args[0]).ready;";

	private static final String CONNECT = "swap(StreamClient(boot()).connect(args[0]));";

	private static final String RIGHT = "return [await page.right]";

	private static final int MANY = 10_000;

	private static final String ALL_RIGHT = MANY + " messages, 0 wrong";

	@RegisterExtension
	static final Stage stage = new Stage();

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void tenThousandMessagesEachWayBetweenAnOriginalHostAndANewClientAreEqualAndInOrder(String version) {
		String name = stage.name();
		OriginalTab host = stage.originalHost(version);
		host.run(SWAP_ORIGINAL + LISTEN_ORIGINAL, name, MANY);
		Tab client = stage.client();
		client.run(SWAP_NEW + CONNECT, name, MANY);
		assertThat(client.list(RIGHT)).containsExactly(ALL_RIGHT);
		assertThat(host.list(RIGHT)).containsExactly(ALL_RIGHT);
	}

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void tenThousandMessagesEachWayBetweenANewHostAndAnOriginalClientAreEqualAndInOrder(String version) {
		String name = stage.name();
		Tab host = stage.host();
		host.run(SWAP_NEW + LISTEN_NEW, name, MANY);
		OriginalTab client = stage.originalClient(version);
		client.run(SWAP_ORIGINAL + CONNECT, name, MANY);
		assertThat(client.list(RIGHT)).containsExactly(ALL_RIGHT);
		assertThat(host.list(RIGHT)).containsExactly(ALL_RIGHT);
	}

	@Test
	void messagesOfOneMebibyteCrossEachWay() {
		String name = stage.name();
		stage.host().run("await StreamServer(boot(), (stream) => stream.pipe(stream)).listen(args[0]).ready;", name);
		assertThat(stage.originalClient(OriginalClients.OLD).run("""
				const stream = StreamClient(boot()).connect(args[0]);
				const text = "ä🦊\\n".repeat(2 ** 18);
				const all = take(stream, 2);
				stream.write(text);
				stream.write({ list: [text] });
				const got = await all;
				return got[0] === text && got[1].list[0] === text;
				""", name)).isEqualTo(true);
	}

	@Test
	void endsCrossFromTheNewClientToTheOriginalHostAndBack() {
		String name = stage.name();
		OriginalTab host = stage.originalHost(OriginalClients.OLD);
		host.run("""
				page.streams = [];
				const server = StreamServer(boot(), (stream) => {
				  page.streams.push(stream);
				  stream.ended = record(stream);
				  stream.write("hello");
				});
				page.server = server.listen(args[0]);
				""", name);
		Tab client = stage.client();
		String connect = """
				const stream = StreamClient(boot()).connect(args[0]);
				const ended = record(stream);
				stream.on("end", () => stream.end());
				await first(stream, "data");
				""";
		assertThat(client.list(connect + "stream.end(\"bye\"); return ended;", name)).endsWith("close")
			.doesNotContain("CANCELLED", "INTERNAL", "PROTOCOL_ERROR");
		assertThat(host.list("return page.streams[0].ended")).containsExactly("data", "end");
		client.run(connect + "page.ended = ended;", name);
		host.run("page.streams[1].end()");
		assertThat(client.list("return page.ended")).startsWith("open", "data", "end").endsWith("close");
		client.run(connect + "page.ended = ended;", name);
		host.run("page.server.end()");
		assertThat(client.list("return page.ended")).startsWith("open", "data").endsWith("close");
		assertThat(client.list("return record(StreamClient(boot()).connect(args[0]))", name))
			.containsExactly("NO_SUCH_SERVER", "close");
	}

	@Test
	void namesAreTakenAcrossTheDialects() {
		String name = stage.name();
		stage.originalHost(OriginalClients.OLD).run("StreamServer(boot(), () => {}).listen(args[0])", name);
		Await.until("the name is there", Stage.PATIENCE, () -> stage.sample().names().contains(name));
		Tab newHost = stage.client();
		assertThat(newHost.list("return record(StreamServer(boot(), () => {}).listen(args[0]))", name))
			.containsExactly("NAME_TAKEN", "close");
		String slash = name + "/with slash";
		newHost.run("await StreamServer(boot(), (stream) => stream.pipe(stream)).listen(args[0]).ready;", slash);
		assertThat(stage.originalClient(OriginalClients.OLD).list("""
				const mdm = boot();
				const stream = StreamClient(mdm).connect(args[0]);
				stream.write("hello");
				return [await first(stream, "data"), ...(await record(StreamServer(mdm, () => {}).listen(args[0])))];
				""", slash.replace("/", "%2F"))).containsExactly("hello", "500 / server already exists / " + slash,
				"end");
	}

	@Test
	void bytesTowardsAnOriginalHostEndThatStreamWithAnErrorAndNoOther() {
		String name = stage.name();
		OriginalTab host = stage.originalHost(OriginalClients.OLD);
		host.run("""
				page.ended = [];
				const server = StreamServer(boot(), (stream) => {
				  page.ended.push(record(stream, "error"));
				  stream.on("data", (value) => stream.write(value));
				});
				server.listen(args[0]);
				""", name);
		List<String> events = stage.client().list("""
				const [good, bad] = [0, 1].map(() => StreamClient(boot()).connect(args[0]));
				good.write("before");
				const before = await first(good, "data");
				const ended = record(bad);
				bad.write(Uint8Array.of(1, 2, 3));
				const events = (await ended).filter((event) => event !== "open" && event !== "finish");
				good.write("after");
				return [...events, bad.errored.message, before, await first(good, "data")];
				""", name);
		Stage.say("bytes towards an original host: %s".formatted(events));
		assertThat(events).hasSize(5).endsWith("before", "after");
		assertThat(events.get(0)).matches("[A-Z_]+");
		assertThat(events.get(1)).isEqualTo("close");
		assertThat(host.list("return page.ended[1]")).singleElement().asString().startsWith("REFUSED");
	}

	@Test
	void bytesTowardsAnOriginalClientEndThatStreamWithAnErrorAndNoOther() {
		String name = stage.name();
		Tab host = stage.host();
		host.run("""
				await StreamServer(boot(), (stream) => {
				  stream.on("data", (value) => {
				    if (value !== "bytes") return stream.write(value);
				    page.ended = record(stream);
				    stream.write(Uint8Array.of(1, 2, 3));
				  });
				}).listen(args[0]).ready;
				""", name);
		List<String> events = stage.originalClient(OriginalClients.OLD).list("""
				const mdm = boot();
				const [good, bad] = [0, 1].map(() => StreamClient(mdm).connect(args[0]));
				const ended = record(bad, "error");
				bad.write("bytes");
				await ended;
				good.write("after");
				return [await first(good, "data"), ...(await ended)];
				""", name);
		Stage.say("bytes towards an original client: %s".formatted(events));
		assertThat(events).startsWith("after").doesNotContain("data");
		assertThat(host.list("return page.ended")).endsWith("close").hasSizeGreaterThan(1).doesNotContain("end");
	}

	@Test
	void javaCodeIsAnsweredByAnOriginalHost() {
		String name = stage.name();
		stage.originalHost(OriginalClients.OLD).run("""
				const server = StreamServer(boot(), (stream) => {
				  stream.on("data", (question) => stream.write(`${question}? Fine.`));
				});
				server.listen(args[0]);
				""", name);
		Await.until("the name is there", Stage.PATIENCE, () -> stage.sample().names().contains(name));
		assertThat(stage.sample().get("/ask/" + name + "?q=how+are+you").body()).isEqualTo("how are you? Fine.");
	}

	@Test
	void javaCodeAnswersAnOriginalClient() {
		assertThat(stage.originalClient(OriginalClients.NEW).list("""
				const stream = StreamClient(boot()).connect("echo");
				const all = take(stream, 2);
				stream.write("text");
				stream.write({ json: [1, null] });
				const got = await all;
				const ended = record(stream);
				stream.end();
				return [...got.map((value) => JSON.stringify(value)), ...(await ended)];
				""")).containsExactly("\"text\"", "{\"json\":[1,null]}", "end");
	}

	@Test
	void routesOfTheApplicationAreReachedFromBothDialects() {
		assertThat(stage.originalHost(OriginalClients.OLD)
			.list("""
					const mdm = boot();
					const echo = mdm.createStream("/echo/1");
					echo.write("text");
					const text = await first(echo, "data");
					echo.write({ json: 1 });
					return [text, JSON.stringify(await first(echo, "data")), ...(await record(mdm.createStream("/no/such")))];
					"""))
			.containsExactly("text", "{\"json\":1}", "404: invalid route: /no/such", "end");
		assertThat(stage.client().list("""
				const echo = boot().createStream("/echo/1");
				echo.write("text");
				return [await first(echo, "data"), ...(await record(boot().createStream("/no/such")))];
				""")).containsExactly("text", "NO_SUCH_ROUTE", "close");
	}

}
