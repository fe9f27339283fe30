/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.SampleProcess;
import io.github.browserstreamserver.sample.support.ScriptProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * J12: programs outside of browsers host, connect and send files, whether the application
 * is there before them or not, and find back to it. They all start while it is away.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RuntimesJourneyIT {

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final int FILE_SIZE = 3_000_000;

	private static final String HOST = """
			page.mdm = boot(address, options);
			page.mdm.on("connect", () => page.events.push("connect"));
			page.mdm.on("disconnect", (error) => page.events.push(`disconnect ${error.code}`));
			page.server = StreamServer(page.mdm, (stream) => {
			  stream.on("error", () => {});
			  stream.on("data", (value) => {
			    page.received = value instanceof Uint8Array ? sha256(value) : value;
			    stream.write(value);
			  });
			  stream.on("end", () => stream.end());
			}).listen(args[0]);
			page.server.on("listening", () => page.events.push("listening"));
			await page.server.ready;
			""";

	/** Over a connection of its own, and as often as it takes. */
	private static final String TALK = """
			page.client ??= boot(address, { ...options, shared: false });
			const start = Date.now();
			while (Date.now() - start < args[1]) {
			  const stream = StreamClient(page.client).connect(args[0]);
			  stream.on("error", () => {});
			  stream.write({ any: ["JSON", "text", "or bytes"] });
			  const over = new Promise((resolve) => stream.on("close", resolve) && setTimeout(resolve, 1_000));
			  const answer = await Promise.race([new Promise((resolve) => stream.on("data", resolve)), over]);
			  stream.destroy();
			  if (answer !== undefined) return answer;
			}
			throw new Error(`nothing back for ${args[1]} ms`);
			""";

	private static final String SEND_FILE = """
			const bytes = new Uint8Array(args[1]);
			for (let i = 0; i < bytes.length; i++) bytes[i] = i * 31 + (i >> 8);
			const stream = StreamClient(page.client).connect(args[0]);
			const answer = new Promise((resolve, reject) => stream.on("data", resolve).on("error", reject));
			stream.write(new Blob([bytes]));
			stream.end();
			return sha256(await answer);
			""";

	@RegisterExtension
	static final JourneyStage stage = new JourneyStage();

	private static final Map<ScriptRuntime, ScriptProcess> peers = new EnumMap<>(ScriptRuntime.class);

	private static final Map<ScriptRuntime, CompletableFuture<Object>> begun = new EnumMap<>(ScriptRuntime.class);

	private static SampleProcess sample;

	@BeforeAll
	static void startWhileTheApplicationIsAway() {
		Assumptions.assumeTrue(BrowserKind.current() == BrowserKind.CHROMIUM,
				"J12 needs no browser: it runs where Chromium's journeys run");
		sample = stage.keep(SampleProcess.startForAShortWhile());
		sample.kill();
		for (ScriptRuntime runtime : ScriptRuntime.values()) {
			ScriptProcess peer = stage.keep(runtime.start(sample.origin()));
			peers.put(runtime, peer);
			begun.put(runtime, peer.begin(HOST, runtime.name()));
		}
	}

	@Test
	@Order(1)
	void everybodyHostsWhenTheApplicationComesAfterThem() {
		peers.forEach((runtime, peer) -> assertThat(peer.run("return page.mdm.connected")).as("connected, " + runtime)
			.isEqualTo(false));
		assertEverybodyIsThereSoonAfter("there first");
		begun.forEach((runtime, future) -> assertThat(future).as("" + runtime).isCompleted());
	}

	@ParameterizedTest
	@EnumSource
	@Order(2)
	void passesJsonAndAFileToTheNextOne(ScriptRuntime runtime) throws NoSuchAlgorithmException {
		ScriptProcess peer = peers.get(runtime);
		ScriptRuntime next = ScriptRuntime.values()[(runtime.ordinal() + 1) % ScriptRuntime.values().length];
		assertThat(peer.run(TALK, next.name(), SOON.toMillis()))
			.isEqualTo(Map.of("any", List.of("JSON", "text", "or bytes")));
		assertThat(peer.run(SEND_FILE, next.name(), FILE_SIZE)).as("what came back").isEqualTo(fileHash());
		assertThat(peers.get(next).run("return page.received")).as("what arrived").isEqualTo(fileHash());
	}

	@Test
	@Order(3)
	void everybodyHostsAndTalksAgainWhenTheApplicationWasAway() {
		sample.kill();
		Since away = Since.now();
		peers.forEach((runtime, peer) -> Await.until(runtime + " knows that the application is away", SOON,
				() -> Boolean.FALSE.equals(peer.run("return page.mdm.connected"))));
		away.awaitElapsed(Duration.ofSeconds(2));
		assertEverybodyIsThereSoonAfter("back");
		peers.forEach((runtime, peer) -> assertThat(peer.run("return page.events.join()")).as("" + runtime)
			.asString()
			.startsWith("disconnect CONNECTION_LOST,connect,listening,")
			.endsWith("disconnect CONNECTION_LOST,connect,listening"));
	}

	private static void assertEverybodyIsThereSoonAfter(String what) {
		sample.startAgain();
		Since serving = Since.now();
		for (ScriptRuntime runtime : ScriptRuntime.values()) {
			Duration listens = Echo.awaitName(sample, runtime.name(), true, serving.left(SOON));
			Object answer = peers.get(runtime).run(TALK, runtime.name(), SOON.toMillis());
			JourneyStage.say("%s was %s within %d ms, waited for it %d ms".formatted(runtime, what,
					serving.elapsed().toMillis(), listens.toMillis()));
			assertThat(answer).as("" + runtime).isEqualTo(Map.of("any", List.of("JSON", "text", "or bytes")));
		}
		assertThat(serving.elapsed()).as("until everybody was there").isLessThan(SOON);
	}

	/** Of the bytes that {@link #SEND_FILE} makes. */
	private static String fileHash() throws NoSuchAlgorithmException {
		byte[] bytes = new byte[FILE_SIZE];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (i * 31 + (i >> 8));
		}
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

}
