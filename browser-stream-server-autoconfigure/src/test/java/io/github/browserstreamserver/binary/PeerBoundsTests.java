/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Duration;
import java.util.List;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.OpenRate;
import io.github.browserstreamserver.stream.PeerLimits;
import io.github.browserstreamserver.testing.NoFaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what one peer may have of what all share.
 */
@ExtendWith(NoFaults.class)
class PeerBoundsTests {

	private static final int MANY = Integer.MAX_VALUE;

	private static BinaryLimits limits(int opensPerSecond, int maxUnaccepted, Duration idleTimeout) {
		return new BinaryLimits(100_000, 65_536, Duration.ofSeconds(15), Duration.ofSeconds(20), Duration.ofSeconds(30),
				Duration.ofSeconds(10), opensPerSecond, maxUnaccepted, idleTimeout, Long.MAX_VALUE);
	}

	private static Relay relay(PeerLimits limits) {
		return new Relay(BinaryLimits.DEFAULTS, Relay.MEMORY, (options) -> options.limits(limits));
	}

	@Test
	void aConnectionHasSoManyNames() {
		Relay relay = relay(new PeerLimits(MANY, MANY, MANY, 2, MANY, 255, 4_096));
		ScriptedPeer host = relay.peer("host").listen(1, "a").listen(3, "b").listen(5, "c");
		assertThat(host.talk()).containsExactly("ACCEPT 1", "ACCEPT 3",
				"RESET 5 LIMIT a connection may listen on 2 names (names.max-per-connection)");
		host.end(1).listen(7, "c");
		assertThat(host.talk()).endsWith("ACCEPT 7");
		ScriptedPeer other = relay.peer("other").listen(1, "d");
		assertThat(other.talk()).containsExactly("ACCEPT 1");
	}

	@Test
	void aUserHasSoManyNamesWithAllConnections() {
		Relay relay = relay(new PeerLimits(MANY, MANY, MANY, MANY, 2, 255, 4_096));
		ScriptedPeer one = ScriptedPeer.connect(relay.dialect, new User("eve")).listen(1, "a");
		ScriptedPeer two = ScriptedPeer.connect(relay.dialect, new User("eve")).listen(1, "b").listen(3, "c");
		assertThat(two.talk()).containsExactly("ACCEPT 1",
				"RESET 3 LIMIT one user may listen on 2 names (names.max-per-principal)");
		ScriptedPeer other = ScriptedPeer.connect(relay.dialect, new User("bob")).listen(1, "c");
		assertThat(other.talk()).containsExactly("ACCEPT 1");
		one.disconnect();
		two.listen(5, "e");
		assertThat(two.talk()).containsExactly("ACCEPT 5");
	}

	@Test
	void anotherUserCannotTakeANameOverWithItsKey() {
		Relay relay = new Relay(BinaryLimits.DEFAULTS, Relay.MEMORY,
				Relay.patience(Duration.ofSeconds(2), Duration.ofSeconds(5)));
		byte[] key = new byte[16];
		ScriptedPeer bob = ScriptedPeer.connect(relay.dialect, new User("bob"));
		bob.listen(1, "mine", key);
		ScriptedPeer eve = ScriptedPeer.connect(relay.dialect, new User("eve"));
		eve.listen(1, "mine", key);
		assertThat(eve.talk()).singleElement().asString().contains("NAME_TAKEN");
		bob.disconnect();
		eve.listen(3, "mine", key);
		assertThat(eve.talk()).singleElement().asString().contains("NAME_TAKEN", "waits for its owner");
		ScriptedPeer again = ScriptedPeer.connect(relay.dialect, new User("bob"));
		again.listen(1, "mine", key);
		assertThat(again.talk()).containsExactly("ACCEPT 1");
	}

	@Test
	void namesAndMetadataMayBeBoundFurther() {
		Relay relay = relay(new PeerLimits(MANY, MANY, MANY, MANY, MANY, 4, 5));
		ScriptedPeer peer = relay.peer("peer").listen(1, "four").listen(3, "fives");
		peer.open(5, 2, "four", "12345")
			.open(7, 2, "four", "123456")
			.open(9, 2, "\u00fc\u00fc", "")
			.open(11, 2, "\u00fc\u00fc\u00fc", "");
		assertThat(peer.talk()).filteredOn((line) -> line.startsWith("RESET"))
			.containsExactly("RESET 3 LIMIT a name may have 4 bytes here (names.max-length)",
					"RESET 7 LIMIT metadata may have 5 bytes here (stream.max-metadata-size)",
					"RESET 9 NO_SUCH_SERVER nobody listens on '\u00fc\u00fc'",
					"RESET 11 LIMIT a name may have 4 bytes here (names.max-length)");
	}

	@Test
	void opensAndResetsHaveARate() {
		Relay relay = new Relay(limits(10, MANY, Duration.ZERO), Relay.MEMORY);
		relay.peer("host").listen(1, "a");
		ScriptedPeer client = relay.peer("client");
		int id = 1;
		for (int round = 0; round < 50; round++, id += 2) {
			client.connectTo(id, "a").reset(id, ErrorCode.CANCELLED, "");
		}
		assertThat(client.talk()).isEmpty();
		client.connectTo(id, "a");
		assertThat(client.talk()).singleElement().asString().contains("LIMIT", "stream.opens-per-second");
		relay.pause(Duration.ofMillis(200));
		client.connectTo(id + 2, "a");
		assertThat(client.talk()).as("a fifth of a second later").isEmpty();
	}

	@Test
	void whoGoesOnOpeningIsCutOffAndTheHostHearsLittleOfIt() {
		Relay relay = new Relay(limits(10, MANY, Duration.ZERO), Relay.MEMORY);
		ScriptedPeer host = relay.peer("host").listen(1, "a");
		ScriptedPeer client = relay.peer("client");
		for (int id = 1; client.closed() == null; id += 2) {
			assertThat(id).isLessThan(1_000);
			client.connectTo(id, "a").reset(id, ErrorCode.CANCELLED, "");
		}
		assertThat(client.closed()).startsWith("4004 LIMIT").contains("stream.opens-per-second");
		List<String> heard = host.talk();
		assertThat(heard).filteredOn((line) -> line.startsWith("OPEN")).hasSizeLessThanOrEqualTo(51);
		assertThat(host.closed()).isNull();
	}

	@Test
	void aHostThatRefusesMuchIsNotPunishedForIt() {
		Relay relay = new Relay(limits(10, MANY, Duration.ZERO), Relay.MEMORY);
		ScriptedPeer host = relay.peer("host").listen(1, "a");
		for (int round = 0; round < 50; round++) {
			ScriptedPeer client = relay.peer("client " + round);
			for (int id = 1; id < 20; id += 2) {
				client.connectTo(id, "a");
				host.reset(round * 20 + id + 1, ErrorCode.REFUSED, "no");
			}
		}
		assertThat(host.closed()).isNull();
	}

	@Test
	void aHostHasSoManyStreamsToAccept() {
		Relay relay = new Relay(limits(OpenRate.UNBOUNDED, 2, Duration.ZERO), Relay.MEMORY);
		ScriptedPeer host = relay.peer("host").listen(1, "a");
		ScriptedPeer client = relay.peer("client").connectTo(1, "a").connectTo(3, "a").connectTo(5, "a");
		assertThat(client.talk()).singleElement().asString().contains("RESET 5 LIMIT", "stream.max-unaccepted");
		host.accept(2);
		client.connectTo(7, "a");
		client.reset(3, ErrorCode.CANCELLED, "").connectTo(9, "a");
		assertThat(client.talk()).containsExactly("ACCEPT 1");
		relay.seconds(18, host, client);
		host.send("02 00 00 00");
		client.send("02 00 00 00");
		relay.seconds(13, host, client);
		assertThat(client.talk()).filteredOn((line) -> line.contains("TIMEOUT")).hasSize(2);
		client.connectTo(11, "a").connectTo(13, "a");
		assertThat(client.talk()).as("those that were late make room").isEmpty();
	}

	@Test
	void aConnectionMaySendSoManyBytesASecond() {
		BinaryLimits limits = new BinaryLimits(100, 1_048_576, Duration.ofSeconds(15), Duration.ofSeconds(20),
				Duration.ofSeconds(30), Duration.ofSeconds(10), OpenRate.UNBOUNDED, MANY, Duration.ZERO, 50_000);
		Relay relay = new Relay(limits, Relay.MEMORY);
		ScriptedPeer host = relay.peer("host").listen(1, "a");
		ScriptedPeer client = relay.peer("client").connectTo(1, "a").connectTo(3, "a");
		host.accept(2).accept(4).credit(2, 100_000_000).credit(4, 100_000_000);
		int[] credit = { 0, Wire.INITIAL_CREDIT, 0, Wire.INITIAL_CREDIT };
		int sent = 0;
		byte[] chunk = new byte[1_000];
		for (int tick = 0; tick < 20; tick++) {
			boolean progress = true;
			while (progress) {
				progress = false;
				for (int id = 1; id <= 3; id += 2) {
					if (credit[id] >= 1_064) {
						client.data(id, 0x03, chunk);
						credit[id] -= 1_064;
						sent += 1_064;
						progress = true;
					}
				}
				for (String line : client.heard()) {
					if (line.startsWith("CREDIT ")) {
						String[] words = line.split(" ");
						credit[Integer.parseInt(words[1])] += Integer.parseInt(words[2]);
					}
				}
			}
			relay.seconds(1, host, client);
		}
		assertThat(sent).isBetween(19 * 50_000 - 70_000, 21 * 50_000 + 4 * Wire.INITIAL_CREDIT);
		assertThat(client.closed()).isNull();
	}

	@Test
	void whoOpensAllThatHeMayLeavesRoomForOthers() {
		Relay relay = new Relay(limits(OpenRate.UNBOUNDED, MANY, Duration.ZERO), 4_194_304);
		relay.peer("host").listen(1, "a");
		ScriptedPeer greedy = relay.peer("greedy");
		for (int id = 1; id < 1_000; id += 2) {
			greedy.connectTo(id, "a");
		}
		assertThat(greedy.talk()).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).contains("LIMIT memory is short, and this connection has more"));
		ScriptedPeer manyNames = relay.peer("many names");
		for (int id = 1; id < 60; id += 2) {
			manyNames.listen(id, "name " + id);
		}
		assertThat(manyNames.talk()).as("names reserve nothing")
			.hasSize(30)
			.allSatisfy((line) -> assertThat(line).startsWith("ACCEPT"));
		ScriptedPeer modest = relay.peer("modest").connectTo(1, "a").connectTo(3, "a");
		assertThat(modest.talk()).isEmpty();
		assertThat(relay.budget.reserved()).isLessThan(relay.budget.limit() / 8 * 5);
	}

	@Test
	void aStreamWithoutDataIsResetWhenThatIsWanted() {
		Relay relay = new Relay(limits(OpenRate.UNBOUNDED, MANY, Duration.ofSeconds(4)), Relay.MEMORY);
		ScriptedPeer host = relay.peer("host").listen(1, "a");
		ScriptedPeer client = relay.peer("client").connectTo(1, "a").connectTo(3, "a");
		host.accept(2).accept(4);
		client.talk();
		for (int second = 0; second < 6; second++) {
			client.text(1, "x");
			relay.seconds(1, host, client);
		}
		assertThat(client.talk())
			.containsExactly("RESET 3 TIMEOUT nothing was sent on the stream for too long (stream.idle-timeout)");
		assertThat(relay.registry.names()).as("a name is not idle").containsExactly("a");
	}

}
