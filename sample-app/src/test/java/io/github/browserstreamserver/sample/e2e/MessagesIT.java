/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes in on one side comes out on the other.
 */
class MessagesIT {

	/** A host that sends everything back. */
	private static final String ECHO = """
			await StreamServer(boot(), (stream) => stream.pipe(stream)).listen(args[0]).ready;
			""";

	@RegisterExtension
	static final Stage stage = new Stage();

	@Test
	void everyKindOfValueArrivesAsWhatItWas() throws NoSuchAlgorithmException {
		String describe = """
				const describe = async (value) => {
				  if (value instanceof Uint8Array) return `bytes ${hex(value)}`;
				  if (typeof value !== "string") return `JSON ${JSON.stringify(value)}`;
				  if (value.length < 100) return `text ${value}`;
				  return `text of ${value.length}, SHA-256 ${await sha256(new TextEncoder().encode(value))}`;
				};
				""";
		String name = stage.name();
		Tab host = stage.host();
		host.run(
				describe + """
						await StreamServer(boot(), async (stream) => {
						  const got = [];
						  page.got = new Promise((resolve) => stream.on("end", () => resolve(Promise.all([JSON.stringify(stream.meta), ...got]))));
						  stream.on("data", (value) => {
						    got.push(describe(value));
						    stream.write(value);
						  });
						  stream.on("end", () => stream.end());
						}).listen(args[0]).ready;
						""",
				name);
		Tab client = stage.client();
		List<String> echoed = client.list(
				describe + """
						const stream = StreamClient(boot()).connect(args[0], { meta: { of: ["äöü", 1, null] } });
						const numbers = new Uint8Array(16).map((_, i) => i);
						const values = [
						  "", "plain", "Grüße, 世界, 🦊 𝒳 \\u0000\\u2028\\"", "ä🦊".repeat(2 ** 18), "x".repeat(2 ** 20),
						  Uint8Array.of(0, 1, 127, 128, 255), numbers.subarray(4, 8), new Float64Array([1.5, -0.1]), numbers.buffer,
						  new DataView(numbers.buffer, 2, 3), new Blob([numbers.subarray(0, 2), "x"]), new Uint8Array(0), new ArrayBuffer(0), new Blob([]),
						  null, true, false, 0, -1.5, 2 ** 53 - 1, 1e300, [], {}, [[], {}, ""], { nested: { list: [1, "äß🦊", null, { deep: true }] } },
						];
						const got = [];
						stream.on("data", (value) => got.push(describe(value)));
						for (const value of values) stream.write(value);
						stream.end();
						await first(stream, "end");
						return Promise.all(got);
						""",
				name);
		List<String> expected = List.of("text ", "text plain", "text Grüße, 世界, 🦊 𝒳 \u0000\u2028\"",
				"text of " + 3 * (1 << 18) + ", SHA-256 " + sha256("ä🦊".repeat(1 << 18)),
				"text of " + (1 << 20) + ", SHA-256 " + sha256("x".repeat(1 << 20)), "bytes 00017f80ff",
				"bytes 04050607", "bytes 000000000000f83f9a9999999999b9bf", "bytes 000102030405060708090a0b0c0d0e0f",
				"bytes 020304", "bytes 000178", "bytes ", "bytes ", "bytes ", "JSON null", "JSON true", "JSON false",
				"JSON 0", "JSON -1.5", "JSON 9007199254740991", "JSON 1e+300", "JSON []", "JSON {}",
				"JSON [[],{},\"\"]", "JSON {\"nested\":{\"list\":[1,\"äß🦊\",null,{\"deep\":true}]}}");
		assertThat(echoed).isEqualTo(expected);
		List<String> seenByHost = new ArrayList<>(expected);
		seenByHost.add(0, "{\"of\":[\"äöü\",1,null]}");
		assertThat(host.list("return page.got")).isEqualTo(seenByHost);
	}

	private static String sha256(String text) throws NoSuchAlgorithmException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

	/**
	 * The protocol's page says so: a relay that compressed would be many times slower.
	 */
	@Test
	void nothingIsCompressed() {
		assertThat(stage.client().list("""
				const socket = new WebSocket(boot().uri, "v1.browser-stream-server");
				await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
				socket.close();
				return [socket.protocol, socket.extensions];
				""")).containsExactly("v1.browser-stream-server", "");
	}

	@Test
	void whatIsWrittenBeforeThereIsAConnectionArrivesInOrder() {
		String name = stage.name();
		stage.host().run(ECHO, name);
		Tab client = stage.client();
		Object got = client.run("""
				const mdm = boot("/browser-server", { shared: false });
				const stream = StreamClient(mdm).connect(args[0]);
				for (let i = 0; i < 1000; i++) stream.write(i);
				stream.end("last");
				const before = mdm.connected;
				const got = [];
				stream.on("data", (value) => got.push(value));
				await first(stream, "end");
				mdm.close();
				return [before, got.length, got.slice(0, 1000).every((value, i) => value === i), got.at(-1)];
				""", name);
		assertThat(got).isEqualTo(List.of(false, 1001L, true, "last"));
	}

	@Test
	void hundredMebibytesEachWayAtOnceArriveUnchanged() {
		String fill = """
				const SIZE = 100 * 2 ** 20;
				const CHUNK = 64 * 1024;
				// Both ways through one stream, as fast as it takes them.
				const swap = async (stream, seed) => {
				  const sent = new Uint8Array(SIZE);
				  const words = new Uint32Array(sent.buffer);
				  for (let i = 0, word = seed; i < words.length; i++) {
				    word ^= word << 13;
				    word ^= word >>> 17;
				    word ^= word << 5;
				    words[i] = word;
				  }
				  const got = new Uint8Array(SIZE);
				  let at = 0;
				  stream.on("data", (bytes) => {
				    got.set(bytes, at);
				    at += bytes.length;
				  });
				  const done = first(stream, "end");
				  const start = performance.now();
				  for (let i = 0; i < SIZE; i += CHUNK) {
				    if (!stream.write(sent.subarray(i, i + CHUNK))) await first(stream, "drain");
				  }
				  stream.end();
				  await done;
				  const seconds = (performance.now() - start) / 1000;
				  return { sent: await sha256(sent), got: await sha256(got), bytes: at, seconds };
				};
				""";
		String name = stage.name();
		Tab host = stage.host();
		host.run(fill + """
				await StreamServer(boot(), (stream) => {
				  if (stream.meta === "ping") stream.pipe(stream);
				  else page.result = swap(stream, 1);
				}).listen(args[0]).ready;
				""", name);
		Tab client = stage.client();
		Map<?, ?> there = (Map<?, ?>) client.run(fill + """
				const other = StreamClient(boot()).connect(args[0], { meta: "ping" });
				const quiet = await ping(other, (i) => i < 200);
				const swapped = swap(StreamClient(boot()).connect(args[0]), 2);
				let running = true;
				swapped.finally(() => { running = false; });
				const trips = await ping(other, () => running);
				return { ...(await swapped), quiet: JSON.stringify(quiet), busy: JSON.stringify(trips) };
				""", name);
		Map<?, ?> here = (Map<?, ?>) host.run("return page.result");
		assertThat(there.get("bytes")).isEqualTo(100L << 20);
		assertThat(here.get("bytes")).isEqualTo(100L << 20);
		assertThat(here.get("got")).isEqualTo(there.get("sent"));
		assertThat(there.get("got")).isEqualTo(here.get("sent")).isNotEqualTo(there.get("sent"));
		double seconds = ((Number) there.get("seconds")).doubleValue();
		Stage.say(
				"100 MiB each way at once: %.1f s, %.1f MB/s each way; round trip of another stream meanwhile %s, before %s"
					.formatted(seconds, (100 << 20) / 1e6 / seconds, there.get("busy"), there.get("quiet")));
	}

	@Test
	void hundredStreamsAtOnceOnOneConnectionKeepTheirOrder() {
		String name = stage.name();
		stage.host().run(ECHO, name);
		Object right = stage.client()
			.run("""
					const streams = Array.from({ length: 100 }, () => StreamClient(boot()).connect(args[0]));
					const talks = streams.map(async (stream, s) => {
					  const got = [];
					  stream.on("data", (value) => got.push(value));
					  for (let i = 0; i < 50; i++) {
					    stream.write(`${s}/${i} ${"x".repeat((s * i) % 3000)}`);
					    if (i % 10 === 9) await new Promise((resolve) => setTimeout(resolve));
					  }
					  stream.end();
					  await first(stream, "close");
					  return got.length === 50 && got.every((value, i) => value.startsWith(`${s}/${i} x`) || value === `${s}/${i} `);
					});
					return Promise.all(talks);
					""",
					name);
		assertThat(right).isEqualTo(Collections.nCopies(100, true));
	}

	@Test
	void faultsInCallbacksOfAPageDoNotReachOtherStreams() {
		String name = stage.name();
		Tab host = stage.host();
		host.run("""
				page.server = StreamServer(boot(), async (stream) => {
				  if (stream.meta === "fails later") await Promise.resolve();
				  if (stream.meta?.startsWith("fails")) throw new Error("this callback fails");
				  stream.on("data", (value) => {
				    if (value === "bad") throw new Error("this listener fails");
				  });
				  stream.pipe(stream);
				}).listen(args[0]);
				await page.server.ready;
				""", name);
		Tab client = stage.client();
		List<String> events = client.list("""
				const client = StreamClient(boot());
				const steady = client.connect(args[0]);
				const answers = [];
				steady.on("data", (value) => {
				  answers.push(value);
				  if (value === "bad") throw new Error("this listener fails too");
				});
				steady.write("before");
				const failed = client.connect(args[0], { meta: "fails" });
				const failedLater = client.connect(args[0], { meta: "fails later" });
				const ends = await Promise.all([record(failed), record(failedLater)]);
				steady.write("bad");
				steady.write("after");
				steady.end();
				await first(steady, "close");
				const another = client.connect(args[0]);
				another.write("another");
				return [...ends.map((each) => each.slice(-2).join()), ...answers, await first(another, "data")];
				""", name);
		Predicate<String> uncaught = (line) -> line.contains("Uncaught");
		assertThat(events).containsExactly("INTERNAL,close", "INTERNAL,close", "before", "bad", "after", "another");
		assertThat(host.run("return page.server.listening")).isEqualTo(true);
		assertThat(host.console(Level.SEVERE)).as("the faults are shown").filteredOn(uncaught).hasSize(3);
		assertThat(client.console(Level.SEVERE)).as("the fault is shown").filteredOn(uncaught).hasSize(1);
	}

}
