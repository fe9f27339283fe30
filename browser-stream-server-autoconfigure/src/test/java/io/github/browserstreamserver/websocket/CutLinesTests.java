/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.testing.Extent;
import io.github.browserstreamserver.testing.FaultyLine;
import io.github.browserstreamserver.testing.FaultyLine.Cut;
import io.github.browserstreamserver.testing.FaultyLine.Way;
import io.github.browserstreamserver.testing.RawFrame;
import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.Switchboard;
import io.github.browserstreamserver.testing.Talker;
import io.github.browserstreamserver.testing.Talker.Ending;
import io.github.browserstreamserver.testing.TestServer;
import io.github.browserstreamserver.testing.TestTransport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two peers talk to each other, and the line of one of them is cut, anywhere: what comes
 * to the other is how that began, or all of it, and it is told how it ended. Nothing
 * stays behind.
 */
@Tag("transport")
@ExtendWith(OutputCaptureExtension.class)
class CutLinesTests {

	private static final long SEED = 20_260_707;

	/** The containers' engines get fewer, for the time that all three take together. */
	private static final int CUTS = Extent.of(200, (TestTransport.current() == TestTransport.LEAN) ? 1_000 : 200);

	private static final int AT_ONCE = 8;

	private static final int MOST_WORDS = 40_000;

	private static final long PATIENCE = 20;

	private static TestServer server;

	private Switchboard board;

	/**
	 * What became of a cut.
	 */
	private enum Outcome {

		/** The stream had not begun. */
		NO_STREAM,

		/** The place was behind all that there was. */
		BOTH_ENDED,

		/** The one whose line was whole heard a part and the reason. */
		RESET

	}

	@BeforeAll
	static void start() {
		// whoever connects to a host that is cut off already is told so at once
		server = TestServer.start(Application.class, "browser-stream-server.names.wait=0s");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void openBoard() {
		this.board = Switchboard.to(server);
	}

	@AfterEach
	void nothingStaysBehind(CapturedOutput output) {
		await().untilAsserted(() -> assertThat(server.bean(StreamConnections.class).count()).isZero());
		this.board.close();
		assertThat(server.bean(ProxyRegistry.class).names()).isEmpty();
		assertThat(server.bean(Budget.class).reserved()).isZero();
		assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "Exception in thread");
	}

	// --- cuts

	@Test
	void hearsABeginningAndWhyThereIsNoMoreWhereverALineIsCut() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
		try {
			List<CompletableFuture<Outcome>> cuts = IntStream.range(0, CUTS)
				.mapToObj((number) -> CompletableFuture.supplyAsync(() -> cut(number), threads))
				.toList();
			Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
			for (CompletableFuture<Outcome> cut : cuts) {
				outcomes.merge(cut.get(3, TimeUnit.MINUTES), 1, Integer::sum);
			}
			// it is not all the same
			assertThat(outcomes.get(Outcome.RESET)).isGreaterThan(CUTS / 4);
			assertThat(outcomes.get(Outcome.BOTH_ENDED)).isGreaterThan(CUTS / 50);
			assertThat(outcomes.getOrDefault(Outcome.NO_STREAM, 0)).isLessThan(CUTS / 2);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private Outcome cut(int number) {
		Random random = new Random(SEED + number);
		boolean host = random.nextBoolean();
		Way way = random.nextBoolean() ? Way.UP : Way.DOWN;
		// half of them near the beginning, where most is not data
		int place = random.nextInt(random.nextBoolean() ? 2_000 : MOST_WORDS);
		Cut how = random.nextBoolean() ? Cut.FIN : Cut.RST;
		String name = "cut %d: the %s's line %s %s after %d".formatted(number, host ? "host" : "client", way, how,
				place);
		byte[] hostsWords = words(random);
		byte[] clientsWords = words(random);
		URI direct = server.endpoint();
		try (FaultyLine line = this.board.line().cutAfter(way, place, how)) {
			URI faulty = line.over(direct);
			try (Talker hosting = Talker.host(host ? faulty : direct, name, hostsWords, new Random(number))) {
				awaitAny(hosting.ready(), line.ended());
				try (Talker client = Talker.client(host ? direct : faulty, name, clientsWords, new Random(number))) {
					Talker whole = host ? client : hosting;
					Outcome outcome = awaitEnd(line, how, whole, host ? hosting : client);
					check(name, whole, host ? hostsWords : clientsWords, outcome,
							host ? ErrorCode.HOST_GONE : ErrorCode.CLIENT_GONE);
					assertBeginning(name, (host ? hosting : client).heard(), host ? clientsWords : hostsWords);
					whole.leave();
					return outcome;
				}
			}
		}
	}

	private static byte[] words(Random random) {
		byte[] words = new byte[1 + random.nextInt(MOST_WORDS)];
		random.nextBytes(words);
		return words;
	}

	/**
	 * Waits until the line is cut, also for the application, and until the other peer
	 * knows.
	 */
	private static Outcome awaitEnd(FaultyLine line, Cut how, Talker whole, Talker cutOff) {
		awaitAny(line.ended(), CompletableFuture.allOf(whole.over(), cutOff.over()));
		if (!line.ended().isDone()) {
			line.cut(how);
			awaitAny(line.ended());
		}
		awaitAny(whole.ready());
		awaitAny(whole.roundTrip());
		if (!whole.hasStream()) {
			return Outcome.NO_STREAM;
		}
		awaitAny(whole.over());
		int code = whole.over().join().code();
		if (code == ErrorCode.NO_SUCH_SERVER.number()) {
			return Outcome.NO_STREAM;
		}
		return (code == 0) ? Outcome.BOTH_ENDED : Outcome.RESET;
	}

	private static void check(String name, Talker whole, byte[] othersWords, Outcome outcome, ErrorCode expected) {
		Ending ending = whole.over().getNow(null);
		switch (outcome) {
			// the application may still read what came before the cut, and begin the
			// stream
			case NO_STREAM -> assertBeginning(name, whole.heard(), othersWords);
			case BOTH_ENDED -> assertThat(whole.heard()).as(name).isEqualTo(othersWords);
			case RESET -> {
				assertThat(ending.code()).as("%s: %s", name, ending).isEqualTo(expected.number());
				assertBeginning(name, whole.heard(), othersWords);
			}
		}
	}

	private static void assertBeginning(String name, byte[] heard, byte[] said) {
		assertThat(heard.length).as(name).isLessThanOrEqualTo(said.length);
		assertThat(heard).as(name).isEqualTo(Arrays.copyOf(said, heard.length));
	}

	private static void awaitAny(CompletableFuture<?>... futures) {
		CompletableFuture.anyOf(futures).orTimeout(PATIENCE, TimeUnit.SECONDS).join();
	}

	// --- other faults

	@Test
	void everythingArrivesOverALineThatCarriesByteByByte() {
		talk(this.board.line().trickle(), this.board.line().trickle(), 20_000);
	}

	@Test
	void everythingArrivesOverALineWithADelay() {
		talk(this.board.line().delay(Duration.ofMillis(20)), this.board.line().delay(Duration.ofMillis(5)), 200_000);
	}

	private static void talk(FaultyLine hostsLine, FaultyLine clientsLine, int length) {
		byte[] hostsWords = new byte[length];
		byte[] clientsWords = new byte[length];
		new Random(1).nextBytes(hostsWords);
		new Random(2).nextBytes(clientsWords);
		URI direct = server.endpoint();
		try (hostsLine;
				clientsLine;
				Talker host = Talker.host(hostsLine.over(direct), "talk", hostsWords, new Random(3))) {
			awaitAny(host.ready());
			try (Talker client = Talker.client(clientsLine.over(direct), "talk", clientsWords, new Random(4))) {
				awaitAny(CompletableFuture.allOf(host.over(), client.over()));
				assertThat(client.over().join().code()).isZero();
				assertThat(host.over().join().code()).isZero();
				assertThat(client.heard()).isEqualTo(hostsWords);
				assertThat(host.heard()).isEqualTo(clientsWords);
				client.leave();
				host.leave();
				awaitAny(CompletableFuture.allOf(hostsLine.ended(), clientsLine.ended()));
			}
		}
	}

	@Test
	void hostHasItsNameUntilTheApplicationHearsThatItsLineIsHalfOpen() {
		try (FaultyLine line = this.board.line();
				RawPeer host = RawPeer.connect(line.over(server.endpoint())).hello().listen("half open");
				RawPeer client = server.peer()) {
			line.halfOpen();
			assertThat(host.closed().code()).isNegative();
			client.send(RawFrame.connect(1, "half open"));
			client.roundTrip("connected");
			assertThat(client.hasReceived(RawFrame.RESET)).isFalse();
			line.cut(Cut.RST);
			assertThat(client.next(RawFrame.RESET, 1).number()).isEqualTo(ErrorCode.HOST_GONE.number());
			client.leave();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
