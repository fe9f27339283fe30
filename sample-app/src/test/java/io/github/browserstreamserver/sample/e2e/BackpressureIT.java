/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.util.Map;

import io.github.browserstreamserver.sample.support.SampleProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader that is slow costs the application nothing, and nobody else either.
 */
class BackpressureIT {

	private static final long MEBIBYTE = 1 << 20;

	private static final int SECONDS = 12;

	@RegisterExtension
	static final Stage stage = new Stage();

	@Test
	void slowReaderHoldsItsWriterBackAndNobodyElse() {
		SampleProcess sample = stage.sample();
		String name = stage.name();
		Tab host = stage.host();
		host.run("""
				const start = {
				  echo: (stream) => stream.pipe(stream),
				  fast: (stream) => stream.resume().on("end", () => stream.end()),
				  slow: (stream) => {
				    page.read = 0;
				    stream.pause();
				    stream.on("data", () => {
				      page.read++;
				      stream.pause();
				    });
				    setInterval(() => stream.resume(), 1000);
				  },
				};
				await StreamServer(boot(), (stream) => start[stream.meta](stream)).listen(args[0]).ready;
				""", name);
		Tab client = stage.client();
		// Warm: what the application loads and caches when it is busy is there before.
		Map<?, ?> before = (Map<?, ?>) client.run("""
				page.client = StreamClient(boot());
				page.chunk = new Uint8Array(64 * 1024);
				const fast = page.client.connect(args[0], { meta: "fast" });
				for (let i = 0; i < 512; i++) if (!fast.write(page.chunk)) await first(fast, "drain");
				fast.end();
				await first(fast, "close");
				page.echo = page.client.connect(args[0], { meta: "echo" });
				await ping(page.echo, (i) => i < 500);
				return ping(page.echo, (i) => i < 500);
				""", name);
		sample.names();
		long heapBefore = liveHeapAtRest(sample);

		Map<?, ?> during = (Map<?, ?>) client.run("""
				const slow = page.client.connect(args[0], { meta: "slow" });
				page.written = 0;
				const write = () => {
				  while (page.written < 500 * 2 ** 20) {
				    page.written += page.chunk.length;
				    if (!slow.write(page.chunk)) return;
				  }
				};
				slow.on("drain", write);
				write();
				const end = performance.now() + args[1];
				return ping(page.echo, () => performance.now() < end);
				""", name, SECONDS * 1000);
		long read = (Long) host.run("return page.read");
		long written = (Long) client.run("return page.written");
		long heapDuring = liveHeapAtRest(sample);

		Stage.say(
				("slow reader: %d messages of 64 KiB read in %d s, %d KiB written; live heap %d KiB before, %d KiB during;"
						+ " round trip of another pair before %s, during %s")
					.formatted(read, SECONDS, written / 1024, heapBefore / 1024, heapDuring / 1024, before, during));
		assertThat(read).isBetween(SECONDS / 2L, SECONDS + 5L);
		assertThat(written).as("bytes that were taken from the writer").isLessThan(read * 64 * 1024 + 4 * MEBIBYTE);
		assertThat(heapDuring - heapBefore).as("growth of the live heap").isLessThan(2 * MEBIBYTE);
		assertThat(((Number) during.get("p50")).doubleValue()).as("median round trip in ms").isLessThan(100);
		assertThat(client.run("return (await ping(page.echo, (i) => i < 10)).count")).isEqualTo(10L);
	}

	/** The smaller of two: what is there for a moment only does not count. */
	private static long liveHeapAtRest(SampleProcess sample) {
		return Math.min(sample.liveHeap(), sample.liveHeap());
	}

}
