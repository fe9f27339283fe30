/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.browserstreamserver.sample.support.OriginalClients;
import io.github.browserstreamserver.sample.support.TestTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one of the original's clients writes, another reads.
 */
class OriginalMessagesIT {

	/** A host that sends everything back, with an end to the end. */
	static final String ECHO = """
			StreamServer(boot(), (stream) => {
			  stream.on("data", (value) => stream.write(value));
			}).listen(args[0]);
			""";

	/** Both sides write and read so many messages, in order. */
	private static final String SWAP = """
			const swap = async (stream, count, name) => {
			  const all = take(stream, count);
			  for (let i = 0; i < count; i++) stream.write(i % 2 ? `${name} ${i}` : { [name]: i });
			  return (await all).map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
			};
			""";

	private static final String TYPES = """
			const values = [
			  "", "plain", "new\\nline \\r\\t\\\\ \\"", "\\u0000\\u0001\\u007f", "[\\"x\\",\\"end\\"]\\n", "Grüße, 世界, 🦊 𝒳",
			  "\\u2028\\u2029\\u200c\\ufeff\\ufffe\\uffff", "null", null, true, false, 0, -1.5, 2 ** 53 - 1, 1e300, 1e-7,
			  [], {}, [null], [[], {}, ""], ["a", ["new", { meta: "x" }]],
			  { nested: { list: [1, "äß🦊\\u2028", null, { deep: true }] } }, { __proto__x: 1, constructor: 2, "": 3 },
			];
			""";

	@RegisterExtension
	static final Stage stage = new Stage();

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void everyKindOfValueArrivesAsWhatItWas(String version) {
		String name = stage.name();
		OriginalTab host = stage.originalHost(version);
		host.run("""
				StreamServer(boot(), (stream) => {
				  page.got = [];
				  stream.on("data", (value) => {
				    page.got.push(JSON.stringify(value));
				    stream.write(value);
				  });
				}).listen(args[0]);
				""", name);
		Map<?, ?> client = (Map<?, ?>) stage.originalClient(version).run(TYPES + """
				const stream = StreamClient(boot()).connect(args[0]);
				const all = take(stream, values.length);
				for (const value of values) stream.write(value);
				const text = (value) => JSON.stringify(value);
				return { sent: values.map(text), echoed: (await all).map(text) };
				""", name);
		assertThat(client.get("echoed")).isEqualTo(client.get("sent"));
		assertThat(host.run("return page.got")).isEqualTo(client.get("sent"));
	}

	/**
	 * All at once where the application can read the writer no further meanwhile. Jetty
	 * cannot, so what goes beyond the bound would end the stream there (LIMIT).
	 */
	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void messageOfOneMebibyteArrivesEachWay(String version) {
		String name = stage.name();
		stage.originalHost(version).run(ECHO, name);
		assertThat(stage.originalClient(version).run("""
				const stream = StreamClient(boot()).connect(args[0]);
				const texts = ["x".repeat(2 ** 20), "ä🦊\\n".repeat(2 ** 18)];
				const values = [...texts, { list: [texts[0]] }];
				const atOnce = args[1];
				const got = [];
				for (let i = 0; i < values.length; i += atOnce) {
				  const next = take(stream, atOnce);
				  for (const value of values.slice(i, i + atOnce)) stream.write(value);
				  got.push(...(await next));
				}
				return [...texts.map((text, i) => text === got[i]), got[2].list[0] === texts[0]];
				""", name, (TestTransport.current() == TestTransport.JETTY) ? 1 : 3))
			.isEqualTo(List.of(true, true, true));
	}

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void thousandMessagesEachWayArriveInOrder(String version) {
		String name = stage.name();
		OriginalTab host = stage.originalHost(version);
		host.run(SWAP + """
				StreamServer(boot(), (stream) => {
				  page.got = swap(stream, 1000, "host");
				}).listen(args[0]);
				""", name);
		List<String> atClient = stage.originalClient(version).list(SWAP + """
				return swap(StreamClient(boot()).connect(args[0]), 1000, "client");
				""", name);
		assertThat(atClient).isEqualTo(expected("host"));
		assertThat(host.list("return page.got")).isEqualTo(expected("client"));
	}

	private static List<String> expected(String name) {
		return Stream.iterate(0, (i) -> i < 1000, (i) -> i + 1)
			.map((i) -> (i % 2 == 1) ? name + " " + i : "{\"" + name + "\":" + i + "}")
			.toList();
	}

	@Test
	void hundredStreamsAtOnceToOneHostKeepTheirOrder() {
		String name = stage.name();
		stage.originalHost(OriginalClients.OLD).run(ECHO, name);
		Object right = stage.originalClient(OriginalClients.OLD).run("""
				const mdm = boot();
				const talks = Array.from({ length: 100 }, async (_, s) => {
				  const stream = StreamClient(mdm).connect(args[0]);
				  const texts = Array.from({ length: 50 }, (_, i) => `${s}/${i} ${"x".repeat((s * i) % 3000)}`);
				  const all = take(stream, 50);
				  for (const text of texts) stream.write(text);
				  const got = await all;
				  const ended = record(stream);
				  stream.end();
				  return got.every((text, i) => text === texts[i]) && (await ended).join() === "end";
				});
				return Promise.all(talks);
				""", name);
		assertThat(right).isEqualTo(Collections.nCopies(100, true));
	}

	@Test
	void openMessageIsAnOrdinaryOneWhenItComesAgain() {
		String name = stage.name();
		stage.originalHost(OriginalClients.OLD).run(ECHO, name);
		assertThat(stage.originalClient(OriginalClients.OLD).list("""
				const stream = StreamClient(boot()).connect(args[0]);
				const all = take(stream, 2);
				stream.write("[stream-server]:open");
				stream.write("after");
				return all;
				""", name)).containsExactly("[stream-server]:open", "after");
	}

	@Test
	void hostAndClientInOnePageTalkOverOneConnection() {
		assertThat(stage.originalHost(OriginalClients.OLD).list(SWAP + """
				const mdm = boot();
				StreamServer(mdm, (stream) => swap(stream, 100, "host")).listen(args[0]);
				const got = await swap(StreamClient(mdm).connect(args[0]), 100, "client");
				return [got[0], got[99]];
				""", stage.name())).containsExactly("{\"host\":0}", "host 99");
	}

	/** The README says so, the code that it came with used another one. */
	@Test
	void prefixOfTheReadmeAndTheOneOfTheCodeReachTheSameNames() {
		String name = stage.name();
		stage.originalHost(OriginalClients.OLD).run("""
				const server = StreamServer(boot(), { prefix: "/browser-server" }, (stream) => {
				  stream.on("data", (value) => stream.write(value));
				});
				server.listen(args[0]);
				""", name);
		assertThat(stage.originalClient(OriginalClients.OLD).list("""
				const mdm = boot();
				const answers = [{ prefix: "/stream-server" }, { prefix: "/browser-server" }].map((options) => {
				  const stream = StreamClient(mdm, options).connect(args[0]);
				  stream.write(options.prefix);
				  return first(stream, "data");
				});
				return Promise.all(answers);
				""", name)).containsExactly("/stream-server", "/browser-server");
	}

}
