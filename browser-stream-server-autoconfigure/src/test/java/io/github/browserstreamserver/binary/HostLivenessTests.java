/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.browserstreamserver.testing.NoFaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A host that cannot answer does not hold its name, and nobody is cut off who was not
 * asked and given its time. The time that a peer has is 20 s, and it is looked at once a
 * second.
 */
@ExtendWith(NoFaults.class)
class HostLivenessTests {

	private final Relay relay = new Relay();

	/** A page that stands still, in a browser that answers for it. */
	private final ScriptedPeer halted = this.relay.peer("halted").canBeAsked(true);

	private final ScriptedPeer client = this.relay.peer("client");

	@AfterEach
	void nothingIsLeft() {
		this.halted.disconnect();
		this.client.disconnect();
		assertThat(this.relay.registry.names()).isEmpty();
		assertThat(this.relay.budget.reserved()).isZero();
	}

	private void join() {
		this.halted.listen(1, "a");
		this.client.connectTo(1, "a");
		this.halted.accept(2);
		this.halted.heard();
		this.client.heard();
	}

	private void answerPing() {
		this.halted.send("02 01 00 00");
	}

	@Test
	void hostForWhichOnlyItsBrowserAnswersIsCutOff() {
		join();
		this.relay.seconds(18, this.halted);
		assertThat(this.halted.closed()).isNull();
		assertThat(this.halted.heard()).contains("PING ");
		this.relay.seconds(1, this.halted);
		assertThat(this.halted.closed())
			.isEqualTo("4005 TIMEOUT: no frame for 20000 ms from a host, which must answer PING");
		assertThat(this.client.talk()).containsExactly("RESET 1 HOST_GONE the host's connection is gone");
		assertThat(this.relay.registry.names()).isEmpty();
	}

	@Test
	void hostThatAnswersPingLives() {
		join();
		for (int second = 0; second < 600; second++) {
			this.relay.seconds(1, this.halted);
			if (this.halted.heard().contains("PING ")) {
				answerPing();
			}
		}
		assertThat(this.halted.closed()).isNull();
	}

	@Test
	void hostIsAskedOnceAndItsBrowserBehindThat() {
		this.halted.listen(1, "a");
		this.halted.heard();
		this.relay.seconds(8, this.halted);
		assertThat(this.halted.heard()).isEmpty();
		this.relay.seconds(1, this.halted);
		assertThat(this.halted.heard()).containsExactly("PING ");
		assertThat(this.halted.asked()).isZero();
		this.relay.seconds(3, this.halted);
		assertThat(this.halted.heard()).isEmpty();
		assertThat(this.halted.asked()).isEqualTo(1);
	}

	@Test
	void peerThatHostsNothingMaySleepWhileItsBrowserAnswers() {
		ScriptedPeer host = this.relay.peer("host").listen(1, "b");
		this.halted.connectTo(1, "b");
		host.accept(2);
		this.relay.seconds(600, this.halted);
		assertThat(this.halted.closed()).isNull();
		assertThat(this.halted.asked()).isBetween(600 / 10, 600 / 8);
		host.disconnect();
	}

	@Test
	void peerThatHostsNothingAndWhoseBrowserIsSilentIsCutOff() {
		this.halted.canBeAsked(false);
		this.relay.seconds(18, this.halted);
		assertThat(this.halted.asked()).isPositive();
		assertThat(this.halted.closed()).isNull();
		this.relay.seconds(1, this.halted);
		assertThat(this.halted.closed()).isEqualTo("4005 TIMEOUT: no sign of life for 20000 ms");
	}

	@Test
	void ruleOfHostsBeginsWhenThePeerAsksForAName() {
		this.relay.seconds(60, this.halted);
		assertThat(this.halted.closed()).isNull();
		this.halted.listen(1, "a");
		this.relay.seconds(18, this.halted);
		assertThat(this.halted.closed()).isNull();
		this.relay.seconds(1, this.halted);
		assertThat(this.halted.closed()).startsWith("4005 ");
	}

	@Test
	void ruleOfHostsEndsWithTheLastName() {
		byte[] key = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
		this.halted.listen(1, "a").listen(3, "b", key);
		this.halted.end(1);
		this.relay.seconds(12, this.halted);
		ScriptedPeer again = this.relay.peer("again").listen(1, "b", key);
		assertThat(this.halted.talk()).contains("END 1").anyMatch((line) -> line.startsWith("RESET 3 REPLACED"));
		this.relay.seconds(600, this.halted);
		assertThat(this.halted.closed()).isNull();
		again.disconnect();
	}

	@Test
	void hostOfASecondNameIsStillAHost() {
		this.halted.listen(1, "a").listen(3, "b");
		this.halted.end(1);
		this.relay.seconds(19, this.halted);
		assertThat(this.halted.closed()).startsWith("4005 ");
	}

	@Test
	void answerThatStandsBehindTheHostsOwnDataMayTakeItsTime() {
		join();
		byte[] message = new byte[16_000];
		ByteBuffer frame = ByteBuffer.allocate(Wire.MAX_HEAD + message.length);
		FrameWriter.head(frame, Wire.DATA, 0x03, 2, message.length);
		frame.put(message).flip();
		int end = frame.limit();
		for (int part = 1; part <= 10; part++) {
			this.relay.seconds(18, this.halted);
			frame.limit(end * part / 10);
			this.halted.deliver(frame, part == 10);
		}
		assertThat(this.halted.closed()).isNull();
	}

	@Test
	void pingThatWaitsForASlowLineIsNotMissed() {
		join();
		this.halted.credit(2, 1_000_000);
		this.halted.stopReading();
		for (int message = 0; message < 10; message++) {
			this.client.text(1, "something");
		}
		this.relay.seconds(15, this.halted);
		this.halted.readOne();
		// what was before the PING has left, and the PING follows it
		this.relay.seconds(15, this.halted);
		assertThat(this.halted.closed()).isNull();
		this.halted.readAll();
		this.relay.seconds(5, this.halted);
		answerPing();
		this.relay.seconds(18, this.halted);
		assertThat(this.halted.closed()).isNull();
	}

	@Test
	void timeToAnswerBeginsWhenThePingHasArrived() {
		join();
		this.halted.canBeAsked(false);
		this.relay.seconds(17, this.halted);
		// the line is slow: only now has the PING got through
		this.halted.connection().answered();
		this.relay.seconds(7, this.halted);
		assertThat(this.halted.closed()).isNull();
		this.relay.seconds(1, this.halted);
		assertThat(this.halted.closed()).startsWith("4005 TIMEOUT: no frame ");
	}

	@Test
	void hostWhoseTransportCannotAskIsAskedByPingAlone() {
		ScriptedPeer plain = this.relay.peer("plain").listen(1, "c");
		plain.heard();
		this.relay.seconds(18, plain);
		assertThat(plain.closed()).isNull();
		assertThat(plain.heard()).contains("PING ");
		this.relay.seconds(1, plain);
		assertThat(plain.closed()).startsWith("4005 ");
	}

	@Test
	void dataThatABrowserTakesIsNoSignOfLifeOfAHost() {
		join();
		this.halted.credit(2, 1_000_000);
		for (int second = 0; second < 19; second++) {
			assertThat(this.halted.closed()).isNull();
			this.client.text(1, "is anybody there?");
			this.halted.connection().alive();
			this.relay.seconds(1, this.halted);
		}
		assertThat(this.halted.closed()).startsWith("4005 ");
		assertThat(List.of(this.relay.events.get(this.relay.events.size() - 1)))
			.containsExactly("destroyed a HOST_GONE");
	}

}
