/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.testing.NoFaults;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * The table at the end of section 5 of {@code docs/protocol.md}, row by row: what a peer
 * does wrong costs it its stream or its connection, and costs nobody else anything.
 */
@ExtendWith(NoFaults.class)
class BadInputTests {

	/**
	 * A client on stream 1 that is joined with stream 2 of a host, on which more works.
	 */
	private static final class Scene {

		final Relay relay = new Relay();

		final ScriptedPeer host = this.relay.peer("host");

		final ScriptedPeer bad = this.relay.peer("bad");

		final ScriptedPeer bystander = this.relay.peer("bystander");

		Scene() {
			this.host.listen(1, "a");
			this.bad.connectTo(1, "a");
			this.host.accept(2);
			this.bystander.connectTo(1, "a");
			this.host.accept(4);
			this.host.talk();
			this.bad.talk();
			this.bystander.talk();
		}

		void othersStillWork() {
			this.bystander.text(1, "hello");
			assertThat(this.host.talk()).contains("DATA 4 TEXT first last hello");
			this.host.text(4, "there");
			assertThat(this.bystander.talk()).containsExactly("DATA 1 TEXT first last there");
			assertThat(this.host.closed()).isNull();
			assertThat(this.bystander.closed()).isNull();
		}

		void nothingIsLeft() {
			this.bad.disconnect();
			this.bystander.disconnect();
			this.host.disconnect();
			assertThat(this.relay.budget.reserved()).isZero();
			assertThat(this.relay.registry.names()).isEmpty();
		}

	}

	@TestFactory
	Stream<DynamicTest> connectionEndsWithProtocolError() {
		return Stream.of(ends("HELLO twice", (bad) -> bad.hello()),
				ends("unknown type that cannot be skipped", (bad) -> bad.send("09 00 01 00")),
				ends("type 0", (bad) -> bad.send("00 00 00 00")), ends("type 0x7f", (bad) -> bad.send("7f 00 00 00")),
				ends("reserved flag on OPEN", (bad) -> bad.send("03 01 03 04 02 01 61 00")),
				ends("reserved flag on DATA", (bad) -> bad.send("05 17 01 01 61")),
				ends("stream 0 on DATA", (bad) -> bad.send("05 07 00 01 61")),
				ends("stream on HELLO", (bad) -> bad.send("01 00 01 00")),
				ends("stream on PING", (bad) -> bad.send("02 00 01 00")),
				ends("message that ends inside a head", (bad) -> bad.send("05 07")),
				ends("message that ends inside a varint", (bad) -> bad.send("05 07 81")),
				ends("message that ends inside a payload", (bad) -> bad.send("05 07 01 05 61 62")),
				ends("varint that is too long", (bad) -> bad.send("05 07 81 80 80 80 80 01 00")),
				ends("varint that is too large", (bad) -> bad.send("05 07 ff ff ff ff 0f 00")),
				ends("varint that is not shortest", (bad) -> bad.send("05 07 81 00 00")),
				ends("length over the payload bound", (bad) -> bad.send("05 07 01 81 80 01")),
				ends("OPEN whose target is longer than the frame", (bad) -> bad.send("03 00 03 03 02 09 61")),
				ends("ACCEPT with a payload", (bad) -> bad.send("04 00 01 01 00")),
				ends("END with a payload", (bad) -> bad.send("07 00 01 01 00")),
				ends("CREDIT with bytes left over", (bad) -> bad.send("06 00 01 02 01 01")),
				ends("CREDIT of nothing", (bad) -> bad.send("06 00 01 01 00")),
				ends("empty CREDIT", (bad) -> bad.send("06 00 01 00")),
				ends("RESET with a reason that is not UTF-8", (bad) -> bad.send("08 00 01 02 0a ff")),
				ends("id of the relay's parity", (bad) -> bad.connectTo(8, "a")),
				ends("id used again", (bad) -> bad.connectTo(1, "a")),
				ends("id lower than the last", (bad) -> bad.connectTo(9, "a").connectTo(7, "a")),
				ends("DATA for a stream never opened", (bad) -> bad.text(99, "x")),
				ends("DATA for a stream that the relay never opened", (bad) -> bad.text(98, "x")),
				ends("CREDIT for a stream never opened", (bad) -> bad.credit(99, 1)),
				ends("END for a stream never opened", (bad) -> bad.end(99)),
				ends("RESET for a stream never opened", (bad) -> bad.reset(99, ErrorCode.CANCELLED, "")));
	}

	private DynamicTest ends(String name, Consumer<ScriptedPeer> input) {
		return dynamicTest(name, () -> {
			Scene scene = new Scene();
			input.accept(scene.bad);
			assertThat(scene.bad.closed()).startsWith("4008 PROTOCOL_ERROR: ");
			assertThat(scene.host.talk()).contains("RESET 2 CLIENT_GONE the client's connection is gone");
			scene.bad.hello().text(1, "ignored");
			scene.othersStillWork();
			scene.nothingIsLeft();
		});
	}

	@TestFactory
	Stream<DynamicTest> nothingMayComeBeforeHello() {
		return Stream
			.of("03 00 01 04 02 01 61 00", "02 00 00 00", "80 00 00 00", "05 07 01 01 61", "04 00 01 00",
					"06 00 01 01 01", "07 00 01 00", "08 00 01 01 0a")
			.map((hex) -> dynamicTest(hex, () -> {
				Relay relay = new Relay();
				ScriptedPeer peer = ScriptedPeer.connect(relay.dialect, "rude").send(hex);
				assertThat(peer.closed()).startsWith("4008 PROTOCOL_ERROR: ");
			}));
	}

	@TestFactory
	Stream<DynamicTest> streamIsResetWithProtocolError() {
		return Stream.of(resets("DATA with a kind that does not exist", (bad) -> bad.send("05 0f 01 01 61")),
				resets("DATA that begins a message inside another",
						(bad) -> bad.send("05 05 01 01 61").send("05 05 01 01 61")),
				resets("DATA that continues no message", (bad) -> bad.send("05 06 01 01 61")),
				resets("DATA that changes the kind", (bad) -> bad.send("05 05 01 01 61").send("05 0a 01 01 61")),
				resets("END inside a message", (bad) -> bad.send("05 05 01 01 61").end(1)),
				resets("END twice", (bad) -> bad.end(1).end(1)),
				resets("DATA behind END", (bad) -> bad.end(1).text(1, "x")),
				resets("ACCEPT of a stream that it opened itself and was accepted", (bad) -> bad.accept(1)));
	}

	private DynamicTest resets(String name, Consumer<ScriptedPeer> input) {
		return dynamicTest(name, () -> {
			Scene scene = new Scene();
			input.accept(scene.bad);
			assertThat(scene.bad.closed()).isNull();
			assertThat(scene.bad.talk()).hasSize(1).first().asString().startsWith("RESET 1 PROTOCOL_ERROR ");
			assertThat(scene.host.talk()).last().asString().startsWith("RESET 2 PROTOCOL_ERROR the other side broke");
			scene.othersStillWork();
			scene.bad.connectTo(11, "a");
			assertThat(scene.host.talk()).contains("OPEN 6 2 a");
			scene.nothingIsLeft();
		});
	}

	@Test
	void dataOnAListenStreamResetsItAndFreesTheName() {
		Scene scene = new Scene();
		scene.bad.listen(3, "b").talk();
		scene.bad.text(3, "x");
		assertThat(scene.bad.talk()).containsExactly("RESET 3 PROTOCOL_ERROR DATA on a listen stream");
		assertThat(scene.relay.registry.names()).containsExactly("a");
		scene.othersStillWork();
		scene.nothingIsLeft();
	}

	@Test
	void answerOfAHostBeforeItsAcceptResetsTheStream() {
		Scene scene = new Scene();
		scene.bad.listen(3, "b").talk();
		scene.bystander.connectTo(3, "b");
		scene.bad.text(2, "too early");
		assertThat(scene.bad.talk()).contains("RESET 2 PROTOCOL_ERROR DATA is not allowed in the state OPENING");
		assertThat(scene.bystander.talk()).last().asString().startsWith("RESET 3 PROTOCOL_ERROR ");
		scene.othersStillWork();
		scene.nothingIsLeft();
	}

	@TestFactory
	Stream<DynamicTest> openIsResetWithInvalidOpen() {
		String longName = "n".repeat(256);
		return Stream.of(invalid("empty name", (bad) -> bad.connectTo(3, "")),
				invalid("name of 256 bytes", (bad) -> bad.connectTo(3, longName)),
				invalid("name with a line feed", (bad) -> bad.listen(3, "a\nb")),
				invalid("name with DEL", (bad) -> bad.listen(3, "a\u007fb")),
				invalid("name with a C1 control", (bad) -> bad.listen(3, "a\u0085b")),
				invalid("name that is not UTF-8", (bad) -> bad.send("03 00 03 04 02 01 ff 00")),
				invalid("kind 0", (bad) -> bad.open(3, 0, "a", "")),
				invalid("kind 4", (bad) -> bad.open(3, 4, "a", "")),
				invalid("metadata that is not JSON", (bad) -> bad.open(3, 2, "a", "{x}")),
				invalid("metadata of two values", (bad) -> bad.open(3, 2, "a", "1 2")),
				invalid("metadata that is too large", (bad) -> bad.open(3, 2, "a", "\"" + "x".repeat(4_095) + "\"")),
				invalid("metadata that is too deep", (bad) -> bad.open(3, 2, "a", "[".repeat(101) + "]".repeat(101))),
				invalid("key that is too short", (bad) -> bad.listen(3, "b", new byte[15])),
				invalid("key that is too long", (bad) -> bad.listen(3, "b", new byte[65])));
	}

	private DynamicTest invalid(String name, Consumer<ScriptedPeer> input) {
		return dynamicTest(name, () -> {
			Scene scene = new Scene();
			input.accept(scene.bad);
			assertThat(scene.bad.closed()).isNull();
			assertThat(scene.bad.talk()).hasSize(1).first().asString().startsWith("RESET 3 INVALID_OPEN ");
			assertThat(scene.relay.registry.names()).containsExactly("a");
			scene.othersStillWork();
			scene.nothingIsLeft();
		});
	}

	@Test
	void framesForAStreamThatIsClosedAreIgnored() {
		Scene scene = new Scene();
		scene.host.reset(2, ErrorCode.REFUSED, "no");
		scene.bad.talk();
		scene.bad.text(1, "crossed").credit(1, 5).end(1).reset(1, ErrorCode.CANCELLED, "");
		assertThat(scene.bad.closed()).isNull();
		assertThat(scene.bad.talk()).isEmpty();
		scene.othersStillWork();
		scene.nothingIsLeft();
	}

	@Test
	void unknownTypesThatCanBeSkippedAreSkipped() {
		Scene scene = new Scene();
		scene.bad.send("80 ff 00 03 01 02 03 ff 00 01 00 05 07 01 02 68 69");
		assertThat(scene.bad.closed()).isNull();
		assertThat(scene.host.talk()).containsExactly("DATA 2 TEXT first last hi");
		scene.nothingIsLeft();
	}

	@Test
	void peerThatFloodsOpensAndReadsNothingIsCutOff() {
		Scene scene = new Scene();
		scene.bad.stopReading();
		for (int id = 3; id < 50_000; id += 2) {
			scene.bad.connectTo(id, "nobody");
		}
		scene.relay.seconds(3, scene.bad);
		assertThat(scene.bad.closed()).startsWith("4004 LIMIT: ");
		scene.othersStillWork();
		scene.nothingIsLeft();
	}

	@Test
	void hostThatReadsNothingIsNotFloodedWithStreamsThatComeAndGo() {
		Scene scene = new Scene();
		scene.host.stopReading();
		for (int id = 3; id < 20_003; id += 2) {
			scene.bad.open(id, 2, "a", "\"" + "m".repeat(4_000) + "\"");
			scene.bad.reset(id, ErrorCode.CANCELLED, "");
		}
		assertThat(scene.bad.talk()).isEmpty();
		scene.host.readAll();
		assertThat(scene.host.talk()).hasSizeLessThan(5);
		scene.nothingIsLeft();
	}

	@Test
	void clientsThatConnectCostTheHostNothingThatIsNotItsOwn() {
		Scene scene = new Scene();
		scene.host.stopReading();
		scene.host.text(4, "in flight").text(2, "occupies");
		scene.bystander.text(1, "occupies the host's line");
		for (int id = 3; id < 203; id += 2) {
			scene.bad.open(id, 2, "a", "\"" + "m".repeat(4_000) + "\"");
		}
		scene.host.connectTo(3, "nobody");
		assertThat(scene.host.closed()).isNull();
		scene.host.readAll();
		assertThat(scene.host.talk()).contains("RESET 3 NO_SUCH_SERVER nobody listens on 'nobody'");
		scene.nothingIsLeft();
	}

	@Test
	void clientThatConnectsWithoutEndDoesNotStarveTheStreamsOfOthers() {
		Scene scene = new Scene();
		scene.host.stopReading();
		scene.bystander.text(1, "occupies the host's line");
		int id = 3;
		for (; id < 103; id += 2) {
			scene.bad.open(id, 2, "a", "\"" + "m".repeat(4_000) + "\"");
		}
		scene.bystander.text(1, "innocent");
		scene.host.talk();
		int batches = 0;
		while (!scene.host.talk().contains("DATA 4 TEXT first last innocent")) {
			assertThat(batches++).isLessThan(10);
			for (int more = 0; more < 20; more++, id += 2) {
				scene.bad.open(id, 2, "a", "\"" + "m".repeat(4_000) + "\"");
				scene.bad.reset(id - 40, ErrorCode.CANCELLED, "");
			}
			scene.host.readOne();
		}
		scene.host.readAll();
		scene.nothingIsLeft();
	}

	@Test
	void streamsThatAreGoneLeaveNothingToBeSent() {
		Scene scene = new Scene();
		scene.bad.stopReading();
		scene.bystander.listen(3, "b");
		scene.bad.text(1, "x");
		for (int id = 3; id < 2_003; id += 2) {
			scene.bad.connectTo(id, "a").data(id, 0x03, new byte[8_128]).reset(id, ErrorCode.CANCELLED, "");
		}
		BinaryConnection connection = (BinaryConnection) scene.bad.connection();
		connection.lock().lock();
		try {
			assertThat(connection.outbox().isEmpty()).isTrue();
		}
		finally {
			connection.lock().unlock();
		}
		scene.nothingIsLeft();
	}

	@Test
	void dataOfAHostileFragmentFloodIsCharged() {
		Scene scene = new Scene();
		scene.host.stopReading();
		scene.bad.send("05 05 01 00");
		int frames = 1;
		for (; frames < 1_000 && scene.bad.closed() == null; frames++) {
			scene.bad.send("05 04 01 00");
		}
		assertThat(scene.bad.closed()).startsWith("4009 FLOW_CONTROL: ");
		assertThat(frames).isLessThanOrEqualTo(Wire.INITIAL_CREDIT / Wire.FRAME_COST + 2);
		scene.host.readAll();
		scene.othersStillWork();
		scene.nothingIsLeft();
	}

}
