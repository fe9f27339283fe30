/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many peers, each on a thread of its own, that do as they like, and a clock that looks
 * at all of them: nobody waits for ever, nobody is blamed for what the relay did, and in
 * the end everything is given back.
 */
class LineRacesTests {

	private static final int PEERS = 6;

	private static final int STEPS = 1_500;

	private final LineRelay relay = new LineRelay(
			new MuxDemuxLimits(60, 20_000, 100_000, Duration.ofSeconds(15), Duration.ofSeconds(30)), 2_000_000);

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	@Timeout(60)
	void everythingComesBackToZeroWhateverRaces(long seed) throws Exception {
		this.relay.holdAnnouncements();
		List<LinePeer> peers = new ArrayList<>();
		for (int peer = 0; peer < PEERS; peer++) {
			peers.add(this.relay.peer("peer " + peer));
		}
		ExecutorService threads = Executors.newFixedThreadPool(PEERS + 1);
		List<Future<?>> running = new ArrayList<>();
		for (int peer = 0; peer < PEERS; peer++) {
			Script script = new Script(peers.get(peer), new Random(seed * 100 + peer), peer);
			running.add(threads.submit(script::play));
		}
		running.add(threads.submit(() -> {
			for (int second = 0; second < 60; second++) {
				this.relay.pass(Duration.ofSeconds(1), peers.toArray(LinePeer[]::new));
				this.relay.runAnnouncements();
			}
		}));
		for (Future<?> each : running) {
			each.get(40, TimeUnit.SECONDS);
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		this.relay.everybodyGoes();
	}

	/**
	 * What one peer does, with ids from few, so that they meet.
	 */
	private static final class Script {

		private static final String[] TOLD = { "['%s','end']", "['%s','close']", "['%s','pause']", "['%s','resume']",
				"['%s','error','e']" };

		private final LinePeer peer;

		private final Random random;

		private final int number;

		Script(LinePeer peer, Random random, int number) {
			this.peer = peer;
			this.random = random;
			this.number = number;
		}

		void play() {
			this.peer.opens("S", "/stream-server/server/name" + this.number);
			for (int step = 0; step < STEPS; step++) {
				step();
			}
			if (this.random.nextBoolean()) {
				this.peer.vanishes();
			}
		}

		private void step() {
			String id = "C" + this.random.nextInt(20);
			switch (this.random.nextInt(12)) {
				case 0, 1 -> this.peer.opens(id, "/stream-server/client/name" + this.random.nextInt(PEERS) + "/r");
				case 2, 3 -> accept();
				case 4 -> this.peer.says(TOLD[this.random.nextInt(TOLD.length)].formatted(id));
				case 5 ->
					this.peer.says(TOLD[this.random.nextInt(TOLD.length)].formatted("A" + this.random.nextInt(20)));
				case 6 -> restart();
				default -> {
					String from = this.random.nextBoolean() ? id : "A" + this.random.nextInt(20);
					this.peer.says("['" + from + "','data','" + "x".repeat(this.random.nextInt(3_000)) + "']");
				}
			}
		}

		private void restart() {
			if (this.random.nextInt(20) == 0) {
				this.peer.says("['S','end']", "['S','close']");
				this.peer.opens("S", "/stream-server/server/name" + this.number);
			}
		}

		private void accept() {
			for (String line : this.peer.heard()) {
				if (line.startsWith("['S','data','")) {
					String uniqueId = line.substring(13, line.length() - 2);
					this.peer.opens("A" + this.random.nextInt(20),
							"/stream-server/server/name" + this.number + "/client/" + uniqueId + "/r");
				}
			}
		}

	}

}
