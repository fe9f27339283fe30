/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.time.Duration;
import java.util.stream.Stream;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.SampleProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page that hosts a name and sends everything back, and one that talks to it: ten lines
 * each, as an author would write them.
 */
final class Echo {

	private static final String LISTEN = """
			if (!page.mdm) {
			  page.events = [];
			  page.mdm = boot();
			  page.mdm.on("connect", () => page.events.push("connect"));
			  page.mdm.on("disconnect", (error) => page.events.push(`disconnect ${error.code}`));
			}
			const server = StreamServer(page.mdm, (stream) => {
			  stream.on("error", (error) => page.events.push(`stream ${error.code}`));
			  stream.pipe(stream);
			}).listen(args[0]);
			server.on("listening", () => page.events.push("listening"));
			server.on("error", (error) => page.events.push(`server ${error.code}`));
			await server.ready.catch(() => {});
			""";

	/** The stream stays open, and what it ends with is kept. */
	private static final String TALK = """
			const stream = StreamClient(boot()).connect(args[0]);
			page.ends = record(stream);
			page.ended = undefined;
			page.ends.then((events) => (page.ended = events));
			stream.write(args[1]);
			return first(stream, "data");
			""";

	/** As often as it takes: what is not back yet ends a try with an error. */
	private static final String TALK_AGAIN = """
			const start = performance.now();
			for (;;) {
			  const stream = StreamClient(boot()).connect(args[0]);
			  stream.on("error", () => {});
			  stream.write("again");
			  const over = new Promise((resolve) => stream.on("close", resolve));
			  const late = new Promise((resolve) => setTimeout(resolve, 1_000));
			  const answer = await Promise.race([new Promise((resolve) => stream.on("data", resolve)), over, late]);
			  stream.destroy();
			  if (answer === "again") return performance.now() - start;
			  if (performance.now() - start > args[1]) throw new Error(`nothing back for ${args[1]} ms`);
			  await new Promise((resolve) => setTimeout(resolve, 50));
			}
			""";

	private Echo() {
	}

	/** Has a page host a name. */
	static void host(Page page, String name) {
		page.run(LISTEN, name);
	}

	/** Has a page host a name as soon as nobody else has it. */
	static void hostWhenFree(Page page, String name, Duration patience) {
		Await.until(name + " can be had", patience, () -> {
			host(page, name);
			return events(page).endsWith("listening");
		});
	}

	/** Has a page talk to it over a stream that stays open. */
	static void talk(Page page, String name) {
		assertThat(page.run(TALK, name, "hello").asString()).isEqualTo("hello");
	}

	/** Waits until a page has talked to it over a new stream. */
	static Duration talkAgain(Page page, String name, Duration patience) {
		return Duration.ofMillis(page.run(TALK_AGAIN, name, patience.toMillis()).asLong());
	}

	/** Waits until the stream that stayed open is over, and checks what it ended with. */
	static void awaitEnd(Page page, Duration patience, String... codes) {
		Await.until("the stream is over", patience, () -> !page.call("return page.ended").isNull());
		String[] ends = Stream.of(codes).map((code) -> "open,data," + code + ",close").toArray(String[]::new);
		assertThat(String.join(",", Page.strings(page.call("return page.ended")))).isIn((Object[]) ends);
	}

	/** Returns what happened to the host. */
	static String events(Page host) {
		return String.join(", ", Page.strings(host.call("return page.events")));
	}

	/** Waits until a name is there, or is not. */
	static Duration awaitName(SampleProcess sample, String name, boolean there, Duration patience) {
		return Await.until(name + (there ? " is listened on" : " is free"), patience,
				() -> sample.names().contains(name) == there);
	}

}
