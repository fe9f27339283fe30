/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.soak;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.soak.Swarm.Pace;
import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.testing.Extent;
import io.github.browserstreamserver.testing.TestServer;
import io.github.browserstreamserver.websocket.StreamConnections;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The application under many peers that come, talk, stop reading, and go in any way, for
 * a time. At the end nothing of them is left, the log has nothing to say, and the heap is
 * no larger than it was when all had been warm.
 * <p>
 * In the build it lasts two or five seconds. {@code -Dsoak.minutes=30} makes it last,
 * with {@code -Dsoak.connections} (2,000 unless given) and {@code -Dsoak.seed}.
 */
class SoakTests {

	private static final int MINUTES = Integer.getInteger("soak.minutes", 0);

	private static final boolean LONG = MINUTES > 0;

	private static final int CONNECTIONS = Integer.getInteger("soak.connections", LONG ? 2_000 : 60);

	private static final long SEED = Long.getLong("soak.seed", 1);

	private static final Duration SHORT_FORM = Duration.ofSeconds(Extent.of(2, 5));

	/** When all is warm; the middle of a run that ends sooner than twice that. */
	private static final int WARM_MINUTE = 10;

	private static final double GROWTH = 1.1;

	/** Some of them stall for longer than the application waits, in the long form. */
	private static final Pace PACE = LONG
			? new Pace(Duration.ofSeconds(3), Duration.ofSeconds(12), Duration.ofSeconds(2))
			: new Pace(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMillis(100));

	private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

	private final List<Long> heap = new ArrayList<>();

	@Test
	void nothingIsLeftOfManyWhoCameAndWent() throws Exception {
		try (TestServer server = TestServer.start(Application.class, "browser-stream-server.liveness-timeout=5s",
				// all come from one address
				"browser-stream-server.connections.max=100000",
				"browser-stream-server.connections.max-per-address=100000",
				"browser-stream-server.stream.opens-per-second=100000", "server.tomcat.accept-count=1000");
				Swarm swarm = new Swarm(server.port(), CONNECTIONS, PACE, SEED)) {
			Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
			Warnings appender = new Warnings();
			appender.start();
			root.addAppender(appender);
			try {
				swarm.start();
				soak(server, swarm);
				swarm.leave().get(1, TimeUnit.MINUTES);
				assertNothingIsLeft(server);
			}
			finally {
				root.detachAppender(appender);
			}
			assertThat(this.warnings).isEmpty();
			assertThat(swarm.faults()).isEmpty();
			assertThat(swarm.counts()).containsKeys("heard", "stalled", "went 0", "went 1", "went 2", "went 3");
			assertThat(swarm.counts().get("came")).isGreaterThanOrEqualTo(CONNECTIONS);
		}
		assertHeapDidNotGrow();
	}

	private void soak(TestServer server, Swarm swarm) throws InterruptedException {
		CountDownLatch never = new CountDownLatch(1);
		if (!LONG) {
			assertThat(never.await(SHORT_FORM.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
			return;
		}
		for (int minute = 1; minute <= MINUTES; minute++) {
			assertThat(never.await(1, TimeUnit.MINUTES)).isFalse();
			System.gc();
			this.heap.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
			System.out.printf("soak: minute %d, live heap %,d KiB, %d connections, %d names, %,d bytes reserved, %s%n",
					minute, this.heap.get(minute - 1) / 1_024, server.bean(StreamConnections.class).count(),
					server.bean(ProxyRegistry.class).names().size(), server.bean(Budget.class).reserved(),
					swarm.counts());
		}
	}

	private static void assertNothingIsLeft(TestServer server) {
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(server.bean(StreamConnections.class).count()).isZero());
		await().untilAsserted(() -> assertThat(server.bean(ProxyRegistry.class).names()).isEmpty());
		await().untilAsserted(() -> assertThat(server.bean(Budget.class).reserved()).isZero());
	}

	private void assertHeapDidNotGrow() {
		if (this.heap.size() < 2) {
			return;
		}
		int warm = Math.min(WARM_MINUTE, this.heap.size() / 2);
		long before = this.heap.get(warm - 1);
		long after = this.heap.get(this.heap.size() - 1);
		assertThat((double) after).as("live heap at the end, it was %,d bytes at minute %d", before, warm)
			.isLessThanOrEqualTo(GROWTH * before);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	private final class Warnings extends AppenderBase<ILoggingEvent> {

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getLevel().isGreaterOrEqual(Level.WARN) && SoakTests.this.warnings.size() < 100) {
				SoakTests.this.warnings.add(event.toString());
			}
		}

	}

}
