/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.browserstreamserver.testing.NoFaults;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand readers that stop, and a writer that goes on.
 */
@ExtendWith(NoFaults.class)
class StoppedReadersTests {

	private static final int READERS = 1_000;

	private static final int MEMORY = 16_777_216;

	private static final int FRAME = 4_000;

	private final BinaryLimits limits = new BinaryLimits(4 * READERS, 1_048_576, Duration.ofSeconds(15),
			Duration.ofSeconds(30), Duration.ofSeconds(10));

	private final Relay relay = new Relay(this.limits, MEMORY);

	/**
	 * Takes the first batch and never another.
	 */
	private static final class Deaf implements Transport {

		private Connection connection;

		private boolean deaf;

		private Completion unusedCompletion;

		private ByteBuffer unusedRest;

		@Override
		public void write(ByteBuffer message, Completion completion) {
			if (this.deaf) {
				// as a socket that took nothing: what is left has a buffer of its own
				this.unusedRest = ByteBuffer.allocate(message.remaining());
				completion.bufferFree();
				this.unusedCompletion = completion;
			}
			else {
				completion.completed(true);
			}
		}

		@Override
		public void close(int code, String reason) {
		}

		void frame(int type, int id, byte[] payload) {
			ByteBuffer frame = ByteBuffer.allocate(Wire.MAX_HEAD + payload.length);
			FrameWriter.head(frame, type, 0, id, payload.length);
			this.connection.received(frame.put(payload).flip(), true);
		}

	}

	@Test
	void holdNoMoreThanTheBudgetAndCostAHealthyPairNothing() {
		ScriptedPeer healthyHost = this.relay.peer("healthy host").listen(1, "healthy");
		ScriptedPeer healthy = this.relay.peer("healthy").connectTo(1, "healthy");
		healthyHost.accept(2);
		ScriptedPeer host = this.relay.peer("host").listen(1, "flood");
		List<Deaf> readers = new ArrayList<>();
		for (int count = 0; count < READERS; count++) {
			Deaf reader = new Deaf();
			reader.connection = this.relay.dialect.connect(reader, "reader " + count);
			reader.connection.admitted();
			reader.frame(Wire.HELLO, 0, new byte[0]);
			readers.add(reader);
		}
		long before = liveHeap();
		int accepted = connect(readers, host);
		flood(host, readers);
		long held = liveHeap() - before;

		assertThat(accepted).as("streams that there was memory for").isGreaterThan(300);
		assertThat(this.relay.budget.reserved()).isLessThanOrEqualTo(MEMORY);
		assertThat(held).as("live heap").isLessThan((long) (MEMORY * 1.1));
		for (int round = 0; round < 1_000; round++) {
			healthy.text(1, "ping").credit(1, 100);
			healthyHost.text(2, "pong").credit(2, 100);
		}
		assertThat(healthy.talk()).filteredOn((line) -> line.endsWith(" pong")).hasSize(1_000);
		assertThat(healthyHost.talk()).filteredOn((line) -> line.endsWith(" ping")).hasSize(1_000);

		readers.forEach((reader) -> reader.connection.closed("gone"));
		host.disconnect();
		healthy.disconnect();
		healthyHost.disconnect();
		assertThat(this.relay.budget.reserved()).isZero();
	}

	private static int connect(List<Deaf> readers, ScriptedPeer host) {
		byte[] open = { 2, 5, 'f', 'l', 'o', 'o', 'd', 0 };
		byte[] credit = { (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x40 };
		for (Deaf reader : readers) {
			reader.frame(Wire.OPEN, 1, open);
			reader.frame(Wire.CREDIT, 1, credit);
		}
		int accepted = 0;
		for (String line : host.talk()) {
			if (line.startsWith("OPEN ")) {
				host.accept(Integer.parseInt(line.split(" ")[1]));
				accepted++;
			}
		}
		readers.forEach((reader) -> reader.deaf = true);
		return accepted;
	}

	/** Writes as long as credit comes for any stream. */
	private static void flood(ScriptedPeer host, List<Deaf> readers) {
		Map<Integer, Integer> credit = new HashMap<>();
		byte[] payload = new byte[FRAME];
		for (int id = 2; id <= 2 * readers.size(); id += 2) {
			credit.put(id, Wire.INITIAL_CREDIT);
		}
		boolean progress = true;
		while (progress) {
			progress = false;
			for (Map.Entry<Integer, Integer> entry : credit.entrySet()) {
				while (entry.getValue() >= FRAME + Wire.FRAME_COST) {
					host.data(entry.getKey(), 0x03, payload);
					entry.setValue(entry.getValue() - FRAME - Wire.FRAME_COST);
				}
			}
			for (String line : host.heard()) {
				String[] words = line.split(" ");
				if (words[0].equals("CREDIT")) {
					credit.merge(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer::sum);
					progress = true;
				}
			}
		}
	}

	private static long liveHeap() {
		long least = Long.MAX_VALUE;
		for (int times = 0; times < 4; times++) {
			System.gc();
			least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		}
		return least;
	}

}
