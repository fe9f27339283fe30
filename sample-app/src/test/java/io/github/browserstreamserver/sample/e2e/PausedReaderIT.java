/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.time.Duration;
import java.util.Map;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.OriginalClients;
import io.github.browserstreamserver.sample.support.SampleProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readers that never read on, and writers that never stop, for a minute: the application
 * neither grows nor makes others wait. The clients are the original's, in Node.
 */
class PausedReaderIT {

	/** What docs/original.md states. */
	private static final long BOUND = 64L << 20;

	private static final double HEALTHY_P99_MILLIS = 250;

	private static final Duration TIME = Duration.ofSeconds(Long.getLong("e2e.soak.seconds", 60));

	private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

	private static final String ECHO = """
			StreamServer(boot(), (stream) => stream.on("data", (value) => stream.write(value))).listen(args[0]);
			""";

	private static final String PING = """
			page.stream = StreamClient(boot()).connect(args[0]);
			page.quiet = await ping(page.stream, (i) => i < 500);
			page.running = true;
			page.trips = (async () => {
			  const all = [];
			  while (page.running) {
			    all.push(...(await trips(page.stream, (i) => i < 10)));
			    await pause(10);
			  }
			  return summary(all);
			})();
			""";

	/** A host that wants no more of a stream once it has begun. */
	private static final String PAUSE_STREAMS = """
			page.got = page.streams = page.ends = 0;
			const server = StreamServer(boot(), (stream) => {
			  page.streams++;
			  for (const event of ["error", "end"]) stream.on(event, () => page.ends++);
			  stream.on("data", () => {
			    page.got++;
			    stream.pause();
			  });
			});
			server.listen(args[0]);
			""";

	/** A host that takes nothing from its connection any more once a stream has begun. */
	private static final String PAUSE_SOCKET = """
			page.got = page.streams = page.ends = 0;
			const mdm = boot();
			const server = StreamServer(mdm, (stream) => {
			  page.streams++;
			  stream.on("data", () => {
			    page.got++;
			    mdm.socket._socket.pause();
			  });
			});
			server.listen(args[0]);
			""";

	/**
	 * Opens a stream and writes to it for ever, as fast as its own connection takes it.
	 * It waits for nobody's permission; when the stream ends it opens another.
	 */
	private static final String WRITE = """
			page.running = true;
			page.opened = page.written = page.connections = 0;
			page.ends = {};
			const text = "x".repeat(8000);
			let mdm;
			const connect = () => {
			  mdm = boot();
			  page.connections++;
			  const dropped = new Promise((resolve) => mdm.socket.on("close", resolve));
			  mdm.dropped = false;
			  dropped.then(() => { mdm.dropped = true; });
			};
			const write = async () => {
			  while (page.running) {
			    if (!mdm || mdm.dropped) connect();
			    const stream = mdm.createStream(`/stream-server/client/${args[0]}/${page.opened++}`);
			    let ended = false;
			    const end = (how) => {
			      ended = true;
			      page.ends[how] = (page.ends[how] ?? 0) + 1;
			    };
			    stream.on("error", (error) => end(error.message));
			    stream.on("end", () => end("end"));
			    while (page.running && !ended && !mdm.dropped) {
			      for (let i = 0; i < 32 && mdm.socket.bufferedAmount < 2 ** 20; i++) {
			        stream.write(text);
			        page.written += text.length;
			      }
			      await pause(2);
			    }
			    await pause(50);
			  }
			};
			page.writing = write();
			""";

	private static final String STATE = """
			const { got, streams, ends, opened, written, connections } = page;
			return { got, streams, ends, opened, written, connections };
			""";

	private static SampleProcess sample;

	@BeforeAll
	static void fetchOriginals() {
		OriginalClients.fetch();
	}

	@Test
	void pausedReadersWhoseWritersNeverStopHarmNobody() {
		try (SampleProcess application = SampleProcess.start();
				NodePeer healthyHost = start(application);
				NodePeer healthyClient = start(application);
				NodePeer pausedStreams = start(application);
				NodePeer pausedSocket = start(application);
				NodePeer writers = start(application);
				NodePeer otherWriters = start(application)) {
			sample = application;
			healthyHost.run(ECHO, "healthy");
			awaitName("healthy");
			healthyClient.run(PING, "healthy");
			pausedStreams.run(PAUSE_STREAMS, "paused-streams");
			pausedSocket.run(PAUSE_SOCKET, "paused-socket");
			awaitName("paused-streams");
			awaitName("paused-socket");
			long before = application.liveHeap();

			writers.run(WRITE, "paused-streams");
			otherWriters.run(WRITE, "paused-socket");
			long most = mostHeap();

			Map<?, ?> trips = (Map<?, ?>) healthyClient.run("page.running = false; return page.trips;");
			Stage.say(
					"%d s of paused readers: live heap %d KiB before, at most %d KiB; round trips of another pair %s, before %s"
						.formatted(TIME.toSeconds(), before / 1024, most / 1024, trips,
								healthyClient.run("return page.quiet")));
			Stage.say("reader with paused streams %s, its writer %s".formatted(pausedStreams.run(STATE),
					writers.run(STATE)));
			Stage.say("reader with a paused socket %s, its writer %s".formatted(pausedSocket.run(STATE),
					otherWriters.run(STATE)));
			assertThat(most - before).as("growth of the live heap").isLessThan(BOUND);
			assertThat(((Number) trips.get("p99")).doubleValue()).as("p99 of the healthy pair in ms")
				.isLessThan(HEALTHY_P99_MILLIS);
			assertThat(((Number) trips.get("count")).longValue()).isGreaterThan(TIME.toSeconds() * 10);
			assertThat(written(writers)).isGreaterThan(BOUND / 1000);
			assertThat(application.log()).doesNotContain("OutOfMemoryError");
			assertThat(application.names()).contains("healthy");
		}
	}

	private static NodePeer start(SampleProcess application) {
		return NodePeer.start(OriginalClients.OLD, application.origin());
	}

	private static void awaitName(String name) {
		Await.until(name + " is there", Stage.PATIENCE, () -> sample.names().contains(name));
	}

	private static long mostHeap() {
		long end = System.nanoTime() + TIME.toNanos();
		long most = 0;
		while (System.nanoTime() < end) {
			long next = System.nanoTime() + BETWEEN_LOOKS.toNanos();
			Await.until("the next look", BETWEEN_LOOKS.plusSeconds(10), () -> System.nanoTime() > next);
			most = Math.max(most, sample.liveHeap());
		}
		return most;
	}

	private static long written(NodePeer writer) {
		return ((Number) ((Map<?, ?>) writer.run(STATE)).get("written")).longValue();
	}

}
