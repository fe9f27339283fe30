/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

import io.github.browserstreamserver.proxy.NamePatience;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.testing.NoFaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for clients that wait for a name, and names that wait for their owners.
 */
@ExtendWith(NoFaults.class)
class WaitingForNamesTests {

	private static final byte[] KEY = key(7);

	private final Relay relay = new Relay(BinaryLimits.DEFAULTS, Relay.MEMORY,
			Relay.patience(Duration.ofSeconds(2), Duration.ofSeconds(5)));

	private static byte[] key(int seed) {
		byte[] key = new byte[16];
		Arrays.fill(key, (byte) seed);
		return key;
	}

	@AfterEach
	void nothingIsLeft() {
		this.relay.pause(Duration.ofSeconds(10));
	}

	@Test
	void aClientThatCameEarlyReachesTheHost() {
		ScriptedPeer client = this.relay.peer("client");
		client.connectTo(1, "early").text(1, "before").text(1, "anybody");
		assertThat(client.talk()).isEmpty();
		ScriptedPeer host = this.relay.peer("host");
		host.listen(1, "early");
		assertThat(host.talk()).containsExactly("ACCEPT 1", "OPEN 2 2 early", "DATA 2 TEXT first last before",
				"DATA 2 TEXT first last anybody");
		host.accept(2);
		client.text(1, "after").end(1);
		assertThat(host.talk()).containsExactly("DATA 2 TEXT first last after", "END 2");
		assertThat(client.talk()).containsExactly("ACCEPT 1");
		host.end(2);
		client.disconnect();
		host.disconnect();
		assertThat(this.relay.budget.reserved()).isZero();
	}

	@Test
	void aClientWaitsNoLongerThanItIsToWait() {
		ScriptedPeer client = this.relay.peer("client");
		client.connectTo(1, "never").text(1, "lost");
		this.relay.pause(Duration.ofMillis(1_999));
		assertThat(client.talk()).isEmpty();
		this.relay.pause(Duration.ofMillis(1));
		assertThat(client.talk()).containsExactly("RESET 1 NO_SUCH_SERVER nobody listens on 'never'");
		client.disconnect();
		assertThat(this.relay.budget.reserved()).isZero();
	}

	@Test
	void aClientThatGoesWhileItWaitsIsForgotten() {
		ScriptedPeer client = this.relay.peer("client");
		client.connectTo(1, "later").text(1, "never mind").reset(1, ErrorCode.CANCELLED, "");
		client.connectTo(3, "later").text(3, "gone");
		client.disconnect();
		ScriptedPeer host = this.relay.peer("host");
		host.listen(1, "later");
		assertThat(host.talk()).containsExactly("ACCEPT 1");
		host.disconnect();
		assertThat(this.relay.budget.reserved()).isZero();
	}

	@Test
	void aNameWaitsForItsOwnerWhoseLineBroke() {
		ScriptedPeer host = this.relay.peer("host");
		host.listen(1, "mine", KEY);
		host.disconnect();
		assertThat(this.relay.events).containsExactly("created mine", "destroyed mine HOST_GONE");
		ScriptedPeer stranger = this.relay.peer("stranger");
		stranger.listen(1, "mine", key(8)).listen(3, "mine");
		assertThat(stranger.talk())
			.allSatisfy((line) -> assertThat(line).contains("NAME_TAKEN").contains("waits for its owner"))
			.hasSize(2);
		ScriptedPeer back = this.relay.peer("host again");
		back.listen(1, "mine", KEY);
		assertThat(back.talk()).containsExactly("ACCEPT 1");
		assertThat(this.relay.registry.names()).containsExactly("mine");
	}

	@Test
	void aNameWaitsForWhoHasTheTokenThatTheRelayGave() {
		ScriptedPeer host = this.relay.peer("host");
		host.listen(1, "mine", new byte[0]);
		assertThat(host.talk()).containsExactly("SKIPPED", "ACCEPT 1");
		byte[] token = host.token();
		assertThat(token).hasSize(16);
		host.disconnect();
		ScriptedPeer stranger = this.relay.peer("stranger");
		stranger.listen(1, "mine", new byte[0]);
		stranger.listen(3, "mine", stranger.token());
		assertThat(stranger.talk()).filteredOn((line) -> line.contains("NAME_TAKEN")).hasSize(2);
		assertThat(stranger.token()).isNotEqualTo(token);
		ScriptedPeer back = this.relay.peer("host again");
		back.listen(1, "mine", token);
		assertThat(back.talk()).as("it has its token already").containsExactly("ACCEPT 1");
	}

	@Test
	void aClientWaitsForAnOwnerAsLongAsTheNameDoes() {
		ScriptedPeer host = this.relay.peer("host");
		host.listen(1, "mine", KEY);
		host.disconnect();
		ScriptedPeer client = this.relay.peer("client");
		client.connectTo(1, "mine");
		this.relay.pause(Duration.ofMillis(4_500));
		assertThat(client.talk()).isEmpty();
		ScriptedPeer back = this.relay.peer("host again");
		back.listen(1, "mine", KEY);
		assertThat(back.talk()).containsExactly("ACCEPT 1", "OPEN 2 2 mine");
	}

	@Test
	void aNameIsFreeWhenItsOwnerDoesNotComeBack() {
		ScriptedPeer host = this.relay.peer("host");
		host.listen(1, "mine", KEY);
		host.disconnect();
		this.relay.pause(Duration.ofSeconds(5));
		ScriptedPeer stranger = this.relay.peer("stranger");
		stranger.listen(1, "mine");
		assertThat(stranger.talk()).containsExactly("ACCEPT 1");
	}

	@Test
	void aNameIsFreeAtOnceWhenItsOwnerTookItsLeave() {
		ScriptedPeer host = this.relay.peer("host");
		host.listen(1, "mine", KEY).listen(3, "other", KEY);
		host.end(3);
		host.connection().left();
		host.disconnect();
		ScriptedPeer stranger = this.relay.peer("stranger");
		stranger.listen(1, "mine").listen(3, "other");
		assertThat(stranger.talk()).containsExactly("ACCEPT 1", "ACCEPT 3");
	}

	@Test
	void theLateEndOfAnOldConnectionTakesNothingFromTheNewOne() {
		ScriptedPeer old = this.relay.peer("old");
		old.listen(1, "mine", KEY);
		ScriptedPeer back = this.relay.peer("new");
		back.listen(1, "mine", KEY);
		old.disconnect();
		assertThat(this.relay.registry.names()).containsExactly("mine");
		assertThat(this.relay.events).containsExactly("created mine", "destroyed mine REPLACED", "created mine");
	}

	@Test
	void onePeerHasAnEighthOfWhatMayWait() {
		Relay small = new Relay(BinaryLimits.DEFAULTS, Relay.MEMORY, (options) -> options
			.patience(new NamePatience(Duration.ofSeconds(2), Duration.ZERO, 16), options.delays()));
		ScriptedPeer client = small.peer("client");
		client.connectTo(1, "a").connectTo(3, "b").connectTo(5, "c");
		assertThat(client.talk())
			.containsExactly("RESET 5 LIMIT nobody listens on 'c', and too many wait already (names.max-waiting)");
		ScriptedPeer another = small.peer("another").connectTo(1, "c");
		assertThat(another.talk()).isEmpty();
		client.reset(3, ErrorCode.CANCELLED, "").connectTo(7, "c");
		assertThat(client.talk()).as("there is a place again").isEmpty();
	}

	@Test
	void aUserHasOneShareOfWhatMayWaitWithAllItsConnections() {
		Relay small = new Relay(BinaryLimits.DEFAULTS, Relay.MEMORY, (options) -> options
			.patience(new NamePatience(Duration.ofSeconds(2), Duration.ZERO, 16), options.delays()));
		for (int connection = 0; connection < 4; connection++) {
			ScriptedPeer eve = ScriptedPeer.connect(small.dialect, new User("eve"));
			eve.connectTo(1, "name " + connection);
			assertThat(eve.talk()).hasSize((connection < 2) ? 0 : 1);
		}
		ScriptedPeer bob = ScriptedPeer.connect(small.dialect, new User("bob"));
		assertThat(bob.connectTo(1, "name").talk()).isEmpty();
	}

	@Test
	void aUserHasAShareOfWhatWaitsToBeAnnounced() {
		this.relay.holdAnnouncements();
		ScriptedPeer eve = ScriptedPeer.connect(this.relay.dialect, new User("eve"));
		for (int id = 1; id <= 1_300; id += 2) {
			eve.listen(id, "name").end(id);
		}
		assertThat(eve.talk()).last().asString().contains("LIMIT too much about names waits");
		ScriptedPeer bob = ScriptedPeer.connect(this.relay.dialect, new User("bob"));
		bob.listen(1, "another");
		assertThat(bob.talk()).isEmpty();
		this.relay.announce();
		assertThat(bob.talk()).containsExactly("ACCEPT 1");
	}

	@Test
	void partsThatComeInAloneAreKeptTogether() {
		ScriptedPeer client = this.relay.peer("client");
		client.connectTo(1, "early");
		byte[] frame = new byte[Wire.MAX_HEAD + 1_000];
		ByteBuffer head = ByteBuffer.wrap(frame);
		FrameWriter.head(head, Wire.DATA, 0x07, 1, 1_000);
		int length = head.position() + 1_000;
		for (int index = head.position(); index < length; index++) {
			frame[index] = (byte) ('a' + index % 26);
		}
		for (int index = 0; index < length; index++) {
			client.deliver(ByteBuffer.wrap(frame, index, 1), index == length - 1);
		}
		ScriptedPeer host = this.relay.peer("host").listen(1, "early");
		assertThat(host.bytes()).hasSize(1_000).isEqualTo(Arrays.copyOfRange(frame, length - 1_000, length));
		assertThat(host.talk()).as("one frame of what came byte by byte").hasSize(3);
	}

	@Test
	void aHostThatGoesInTheMomentItComesLeavesThoseWhoWaitWaiting() {
		ScriptedPeer client = this.relay.peer("client");
		client.connectTo(1, "early").text(1, "first");
		this.relay.holdAnnouncements();
		this.relay.peer("host").listen(1, "early").end(1);
		this.relay.announce();
		assertThat(client.talk()).containsExactly("RESET 1 HOST_GONE the host stopped listening");
		client.disconnect();
		assertThat(this.relay.budget.reserved()).isZero();
	}

	@Test
	void whoWaitsOnBehindAHostThatWasGoneAtOnceBearsItHimself() {
		Relay small = new Relay(BinaryLimits.DEFAULTS, Relay.MEMORY, (options) -> options
			.patience(new NamePatience(Duration.ofSeconds(2), Duration.ZERO, 16), options.delays()));
		ScriptedPeer bob = ScriptedPeer.connect(small.dialect, new User("bob")).connectTo(1, "early").text(1, "kept");
		ScriptedPeer[] eve = new ScriptedPeer[1];
		BinaryDialect quick = new BinaryDialect(BinaryLimits.DEFAULTS, small.budget, (from, request, end) -> {
			eve[0].disconnect();
			small.registry.acceptor().accept(from, request, end);
		}, () -> 1);
		eve[0] = ScriptedPeer.connect(quick, new User("eve"));
		eve[0].listen(1, "early");
		assertThat(bob.talk()).as("waits on").isEmpty();
		ScriptedPeer evesOther = ScriptedPeer.connect(small.dialect, new User("eve"));
		assertThat(evesOther.connectTo(1, "x").connectTo(3, "y").talk()).as("has a share of her own").isEmpty();
		bob.connectTo(3, "x").connectTo(5, "y");
		assertThat(bob.talk()).singleElement().asString().startsWith("RESET 5 LIMIT");
		ScriptedPeer host = small.peer("host").listen(1, "early");
		assertThat(host.talk()).containsExactly("ACCEPT 1", "OPEN 2 2 early", "DATA 2 TEXT first last kept");
	}

	@Test
	void whoWaitsIsToldThatTheApplicationStops() {
		ScriptedPeer client = this.relay.peer("client");
		client.connectTo(1, "later");
		this.relay.registry.shutdown();
		assertThat(client.talk()).containsExactly("RESET 1 SHUTDOWN the application stops");
	}

}
