/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.testing.NoFaults;
import io.github.browserstreamserver.transport.BatchBuffers;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conversations of scripted peers through the whole relay.
 */
@ExtendWith(NoFaults.class)
class RelayTests {

	private final Relay relay = new Relay();

	private ScriptedPeer host;

	private ScriptedPeer client;

	@BeforeEach
	void connectHostAndClient() {
		this.host = this.relay.peer("host");
		this.client = this.relay.peer("client");
	}

	@AfterEach
	void everythingComesBackToZero() {
		this.host.readAll();
		this.client.readAll();
		this.host.disconnect();
		this.client.disconnect();
		assertThat(this.relay.registry.names()).isEmpty();
		assertThat(this.relay.budget.reserved()).isZero();
	}

	private void listen(String name) {
		this.host.listen(1, name);
		assertThat(this.host.talk()).containsExactly("ACCEPT 1");
	}

	private void join(String name) {
		listen(name);
		this.client.connectTo(1, name);
		assertThat(this.host.talk()).containsExactly("OPEN 2 2 " + name);
		this.host.accept(2);
		assertThat(this.client.talk()).containsExactly("ACCEPT 1");
	}

	// --- batches

	@Test
	void endsAMessageOfTheWebSocketThatHasEnoughInItWithAMessageOfAStream() {
		sendOnTwentyStreams(10_000);
		// 61,440 bytes are enough: seven messages of 10,000, and again, and the last six
		assertThat(this.host.writes()).isEqualTo(3);
	}

	@Test
	void sendsAMessageOf64KiBThatJavaCodeWroteInOneMessageOfTheWebSocket() {
		listen("a");
		DuplexStream java = this.relay.registry.connect("a");
		this.host.credit(2, 100_000).accept(2).clearWrites();
		assertThat(java.write(Message.binary(new byte[65_536]))).isCompleted();
		assertThat(this.host.bytesOf(2)).isEqualTo(65_536);
		assertThat(this.host.writes()).isEqualTo(1);
	}

	@Test
	void sendsWhatAPeerWroteInOneMessageInOneMessage() {
		sendOnTwentyStreams(3_000);
		assertThat(this.host.writes()).isEqualTo(1);
	}

	private void sendOnTwentyStreams(int length) {
		listen("many");
		ByteBuffer frames = ByteBuffer.allocate(20 * (Wire.MAX_HEAD + length));
		for (int id = 1; id < 41; id += 2) {
			this.client.connectTo(id, "many");
			this.host.accept(id + 1);
			FrameWriter.head(frames, Wire.DATA, 0x03, id, length);
			frames.put(new byte[length]);
		}
		this.host.heard();
		this.host.clearWrites();
		this.client.deliver(frames.flip(), true);
		assertThat(this.host.talk()).hasSize(20).allMatch((line) -> line.endsWith(" first last " + length + " bytes"));
	}

	// --- opening

	@Test
	void relaySaysHelloAtOnceWithItsSettings() {
		ScriptedPeer silent = ScriptedPeer.connect(this.relay.dialect, "silent");
		assertThat(silent.heard()).containsExactly("HELLO 1000 15000");
		silent.disconnect();
	}

	@Test
	void exampleOfTheProtocolRunsAsWritten() {
		this.host.listen(1, "a");
		this.client.send("03 00 01 04  02 01 61 00  05 07 01 02  68 69");
		assertThat(this.host.talk()).containsExactly("ACCEPT 1", "OPEN 2 2 a", "DATA 2 TEXT first last hi");
		this.host.send("04 00 02 00  05 0b 02 01  31  07 00 02 00");
		assertThat(this.client.talk()).containsExactly("ACCEPT 1", "DATA 1 JSON first last 1", "END 1");
		this.client.send("07 00 01 00");
		assertThat(this.host.talk()).containsExactly("END 2");
	}

	@Test
	void hostSeesTheMetadataOfItsClient() {
		listen("a");
		this.client.open(1, 2, "a", "{\"user\":\"é\"}");
		assertThat(this.host.talk()).containsExactly("OPEN 2 2 a {\"user\":\"é\"}");
	}

	@Test
	void whatIsWrittenBehindTheOpenReachesTheHostInOrder() {
		listen("a");
		this.client.connectTo(1, "a").text(1, "one").text(1, "two").end(1);
		assertThat(this.host.talk()).containsExactly("OPEN 2 2 a", "DATA 2 TEXT first last one",
				"DATA 2 TEXT first last two", "END 2");
	}

	@Test
	void connectToAMissingNameIsReset() {
		this.client.connectTo(1, "nobody").text(1, "lost");
		assertThat(this.client.talk()).containsExactly("RESET 1 NO_SUCH_SERVER nobody listens on 'nobody'");
		assertThat(this.client.closed()).isNull();
	}

	@Test
	void listenOnATakenNameIsReset() {
		listen("a");
		this.client.listen(1, "a");
		assertThat(this.client.talk()).containsExactly("RESET 1 NAME_TAKEN somebody else listens on 'a'");
		assertThat(this.relay.events).containsExactly("created a");
	}

	@Test
	void routeThatDoesNotExistIsReset() {
		this.client.open(1, 3, "/echo", "");
		assertThat(this.client.talk()).containsExactly("RESET 1 NO_SUCH_ROUTE the application has no route '/echo'");
	}

	@Test
	void hostMayRefuseAStream() {
		listen("a");
		this.client.connectTo(1, "a");
		this.host.reset(2, ErrorCode.REFUSED, "not today");
		assertThat(this.client.talk()).containsExactly("RESET 1 REFUSED not today");
	}

	@Test
	void streamThatIsNotAcceptedInTimeIsResetOnBothSides() {
		listen("a");
		this.client.connectTo(1, "a");
		this.host.talk();
		keepAlive(29);
		assertThat(this.client.talk()).filteredOn((line) -> line.startsWith("RESET")).isEmpty();
		keepAlive(2);
		assertThat(this.client.talk()).contains("RESET 1 TIMEOUT the stream was not accepted in time");
		assertThat(this.host.talk()).contains("RESET 2 TIMEOUT the stream was not accepted in time");
	}

	private void keepAlive(int seconds) {
		for (int second = 0; second < seconds; second++) {
			this.relay.seconds(1, this.host, this.client);
			this.host.send("02 01 00 00");
			this.client.send("02 01 00 00");
		}
	}

	// --- names and events

	@Test
	void createdIsAnnouncedBeforeTheHostHearsOfAStream() {
		this.relay.holdAnnouncements();
		this.host.listen(1, "a");
		this.client.connectTo(1, "a").text(1, "early");
		assertThat(this.host.talk()).isEmpty();
		assertThat(this.relay.events).isEmpty();
		this.relay.announce();
		assertThat(this.relay.events).containsExactly("created a");
		assertThat(this.host.talk()).containsExactly("ACCEPT 1", "OPEN 2 2 a", "DATA 2 TEXT first last early");
	}

	@Test
	void hostThatGoesBeforeItsNameIsAnnouncedLosesItsWaitingClients() {
		this.relay.holdAnnouncements();
		this.host.listen(1, "a");
		this.client.connectTo(1, "a").text(1, "early");
		this.host.disconnect();
		assertThat(this.client.talk()).containsExactly("RESET 1 HOST_GONE the host's connection is gone");
		this.relay.announce();
		assertThat(this.relay.events).containsExactly("created a", "destroyed a HOST_GONE");
	}

	@Test
	void nameIsFreeAtOnceAndEventsKeepTheirOrder() {
		listen("a");
		this.relay.holdAnnouncements();
		this.host.end(1);
		this.client.listen(1, "a");
		this.relay.announce();
		assertThat(this.relay.events).containsExactly("created a", "destroyed a ENDED", "created a");
		assertThat(this.host.talk()).containsExactly("END 1");
		assertThat(this.client.talk()).containsExactly("ACCEPT 1");
	}

	@Test
	void serverEndEndsItsStreamsOnBothSides() {
		join("a");
		this.host.end(1);
		assertThat(this.client.talk()).containsExactly("END 1");
		assertThat(this.host.talk()).containsExactly("END 2", "END 1");
		this.client.end(1);
		this.host.end(2);
		assertThat(this.relay.events).containsExactly("created a", "destroyed a ENDED");
	}

	@Test
	void dataBehindTheEndOfAServerIsNeverLostInSilence() {
		join("a");
		this.host.end(1);
		this.client.talk();
		this.client.text(1, "too late");
		assertThat(this.client.talk()).containsExactly("RESET 1 HOST_GONE the host stopped listening");
	}

	@Test
	void halfAMessageNeverLooksLikeAWholeOneWhenTheServerEnds() {
		join("a");
		this.host.data(2, 0x05, "part".getBytes(java.nio.charset.StandardCharsets.UTF_8));
		this.client.talk();
		this.host.end(1);
		assertThat(this.client.talk()).containsExactly("RESET 1 HOST_GONE the server was ended inside a message");
		assertThat(this.host.talk()).contains("RESET 2 HOST_GONE the server was ended inside a message");
	}

	@Test
	void whatAHostSaidBeforeItEndedAndWentStillArrives() {
		join("a");
		this.client.stopReading();
		this.host.text(2, "in flight");
		this.host.text(2, "answer").end(2);
		this.host.disconnect();
		this.client.readAll();
		assertThat(this.client.talk()).containsExactly("DATA 1 TEXT first last in flight",
				"DATA 1 TEXT first last answer", "END 1", "RESET 1 HOST_GONE the host's connection is gone");
	}

	@Test
	void whatAHostSaidBeforeItWentWithoutAnEndIsCutOff() {
		join("a");
		this.client.stopReading();
		this.host.text(2, "in flight");
		this.host.text(2, "lost");
		this.host.disconnect();
		this.client.readAll();
		assertThat(this.client.talk()).containsExactly("DATA 1 TEXT first last in flight",
				"RESET 1 HOST_GONE the host's connection is gone");
	}

	@Test
	void ownerWithItsKeyTakesItsNameBackAtOnce() {
		byte[] key = new byte[32];
		Arrays.fill(key, (byte) 7);
		this.host.listen(1, "a", key);
		this.client.connectTo(1, "a");
		this.host.accept(2).talk();
		this.client.talk();
		ScriptedPeer again = this.relay.peer("host again");
		again.listen(1, "a", key);
		assertThat(again.talk()).containsExactly("ACCEPT 1");
		assertThat(this.host.talk()).containsExactly(
				"RESET 1 REPLACED the owner of 'a' listens from another connection",
				"RESET 2 HOST_GONE the host listens from another connection");
		assertThat(this.client.talk()).containsExactly("RESET 1 HOST_GONE the host listens from another connection");
		assertThat(this.relay.events).containsExactly("created a", "destroyed a REPLACED", "created a");
		this.host.disconnect();
		assertThat(this.relay.registry.names()).containsExactly("a");
		again.disconnect();
	}

	@Test
	void strangerWithAnotherKeyDoesNotGetTheName() {
		this.host.listen(1, "a", new byte[32]);
		byte[] other = new byte[32];
		other[31] = 1;
		this.client.listen(1, "a", other);
		assertThat(this.client.talk()).containsExactly("RESET 1 NAME_TAKEN somebody else listens on 'a'");
	}

	@Test
	void lostHostFreesItsNamesAndResetsItsClients() {
		join("a");
		this.host.disconnect();
		assertThat(this.client.talk()).containsExactly("RESET 1 HOST_GONE the host's connection is gone");
		assertThat(this.relay.events).containsExactly("created a", "destroyed a HOST_GONE");
	}

	@Test
	void hostThatIsLostWhileItsNameIsGivenKeepsNothing() {
		ScriptedPeer[] quick = new ScriptedPeer[1];
		BinaryDialect dialect = dialectInWhichPeerGoesDuringItsOpen(quick);
		quick[0] = ScriptedPeer.connect(dialect, "quick").hello();
		quick[0].listen(1, "a");
		assertThat(this.relay.registry.names()).isEmpty();
		assertThat(this.relay.events).containsExactly("created a", "destroyed a HOST_GONE");
		listen("a");
	}

	@Test
	void clientThatIsLostWhileItIsJoinedLeavesNoStreamAtTheHost() {
		listen("a");
		ScriptedPeer[] quick = new ScriptedPeer[1];
		BinaryDialect dialect = dialectInWhichPeerGoesDuringItsOpen(quick);
		quick[0] = ScriptedPeer.connect(dialect, "quick").hello();
		quick[0].connectTo(1, "a");
		assertThat(this.host.talk()).isEmpty();
		assertThat(this.relay.registry.find("a").orElseThrow().streams()).isZero();
	}

	private BinaryDialect dialectInWhichPeerGoesDuringItsOpen(ScriptedPeer[] peer) {
		return new BinaryDialect(BinaryLimits.DEFAULTS, this.relay.budget, (from, request, end) -> {
			peer[0].disconnect();
			this.relay.registry.acceptor().accept(from, request, end);
		}, () -> 1);
	}

	@Test
	void lostClientIsToldToItsHost() {
		join("a");
		this.client.disconnect();
		assertThat(this.host.talk()).containsExactly("RESET 2 CLIENT_GONE the client's connection is gone");
		assertThat(this.relay.registry.find("a").orElseThrow().streams()).isZero();
	}

	@Test
	void oneConnectionMayBeHostAndClientOfItself() {
		listen("a");
		this.host.connectTo(3, "a").text(3, "me");
		assertThat(this.host.talk()).containsExactly("OPEN 2 2 a", "DATA 2 TEXT first last me");
		this.host.accept(2).text(2, "myself");
		assertThat(this.host.talk()).containsExactly("ACCEPT 3", "DATA 3 TEXT first last myself");
	}

	@Test
	void registryCountsStreamsAndBytes() {
		join("a");
		this.client.text(1, "12345");
		this.host.text(2, "123");
		var info = this.relay.registry.find("a").orElseThrow();
		assertThat(info.streams()).isEqualTo(1);
		assertThat(info.bytesToHost()).isEqualTo(5);
		assertThat(info.bytesFromHost()).isEqualTo(3);
	}

	// --- ends

	@Test
	void halfCloseLeavesTheOtherDirectionOpen() {
		join("a");
		this.client.end(1);
		assertThat(this.host.talk()).containsExactly("END 2");
		this.host.text(2, "still here").end(2);
		assertThat(this.client.talk()).containsExactly("DATA 1 TEXT first last still here", "END 1");
		assertThat(this.relay.registry.find("a").orElseThrow().streams()).isZero();
	}

	@Test
	void resetEndsBothDirectionsWithItsCodeAndReason() {
		join("a");
		this.client.reset(1, ErrorCode.CANCELLED, "enough");
		assertThat(this.host.talk()).containsExactly("RESET 2 CANCELLED enough");
		this.host.text(2, "late").end(2);
		assertThat(this.host.closed()).isNull();
		assertThat(this.client.talk()).isEmpty();
	}

	@Test
	void reasonOfAResetCanOnlyBeRead() {
		join("a");
		this.client.reset(1, ErrorCode.CANCELLED, "done\r\nFAKED\u001b[2J \u202egpj\u2028\u0085ü");
		assertThat(this.host.talk()).containsExactly("RESET 2 CANCELLED done  FAKED [2J  gpj  ü");
	}

	@Test
	void endWaitsBehindTheData() {
		join("a");
		this.host.stopReading();
		this.client.text(1, "0");
		for (int message = 1; message < 100; message++) {
			this.client.text(1, String.valueOf(message));
		}
		this.client.end(1);
		this.host.readAll();
		List<String> talk = this.host.talk();
		assertThat(talk).hasSize(101);
		assertThat(talk.get(99)).isEqualTo("DATA 2 TEXT first last 99");
		assertThat(talk.get(100)).isEqualTo("END 2");
	}

	@Test
	void ofTwoReasonsForAResetThatWaitsBehindAnEndTheFirstCounts() {
		join("a");
		this.host.text(2, "to the client").stopReading();
		this.client.stopReading();
		this.host.text(2, "occupies the line");
		this.client.text(1, "occupies the line");
		this.host.end(1);
		this.client.text(1, "behind the end of the name").reset(1, ErrorCode.CANCELLED, "of no use any more");
		this.host.heard();
		this.host.readAll();
		assertThat(this.host.talk()).containsExactly("END 2", "END 1", "RESET 2 HOST_GONE the host stopped listening");
	}

	// --- credit

	@Test
	void clientGetsCreditBackOnlyWhenItsBytesHaveLeft() {
		join("a");
		this.host.stopReading();
		this.client.data(1, 0x03, new byte[10_000]);
		assertThat(this.client.heard()).isEmpty();
		this.host.readOne();
		assertThat(this.client.heard()).containsExactly("CREDIT 1 10064");
	}

	@Test
	void creditComesBackWithTheBatchThatTheBytesLeftInWhateverWaitsBehindIt() {
		join("a");
		this.client.connectTo(3, "a");
		this.host.accept(4).credit(2, 100_000_000).credit(4, 100_000_000);
		growWindow(3);
		// so that parts are passed on as they come
		freeBuffers(5);
		this.host.stopReading();
		this.client.text(1, "in flight");
		this.client.data(1, 0x03, new byte[10_000]);
		for (int message = 0; message < 30; message++) {
			this.client.data(3, 0x03, new byte[8_000]);
		}
		this.client.heard();
		this.host.readOne();
		assertThat(this.client.heard()).isEmpty();
		this.host.readOne();
		assertThat(this.client.heard()).contains("CREDIT 1 10137");
	}

	@Test
	void whatWaitsInBatchesComesBackOnceWhenItsStreamIsReset() {
		join("a");
		this.client.connectTo(3, "a");
		this.host.accept(4).credit(2, 100_000_000).credit(4, 100_000_000);
		growWindow(3);
		freeBuffers(5);
		this.host.stopReading();
		this.client.text(1, "in flight");
		this.client.data(1, 0x03, new byte[10_000]);
		for (int message = 0; message < 30; message++) {
			this.client.data(3, 0x03, new byte[8_000]);
		}
		this.host.reset(2, ErrorCode.CANCELLED, "").reset(4, ErrorCode.CANCELLED, "");
		assertThat(this.client.talk()).contains("RESET 1 CANCELLED ", "RESET 3 CANCELLED ");
		this.host.readAll();
		assertThat(this.relay.budget.reserved()).isZero();
	}

	private void freeBuffers(int count) {
		BatchBuffers buffers = this.relay.dialect.buffers();
		List<ByteBuffer> taken = IntStream.range(0, count).mapToObj((index) -> buffers.take()).toList();
		taken.forEach(buffers::give);
	}

	@Test
	void relaySendsNoMoreThanTheHostAllowed() {
		join("a");
		this.client.data(1, 0x01, new byte[16_000]);
		this.client.data(1, 0x02, new byte[16_000]);
		assertThat(this.host.bytes()).hasSize(Wire.INITIAL_CREDIT - 2 * Wire.FRAME_COST);
		this.host.credit(2, 20_000);
		assertThat(this.host.bytes()).hasSize(32_000);
		List<String> talk = this.host.talk();
		assertThat(talk).first().asString().startsWith("DATA 2 BINARY first ");
		assertThat(talk).last().asString().contains(" last ");
		assertThat(talk.stream().filter((line) -> line.contains("first")).count()).isEqualTo(1);
	}

	@Test
	void dataBeyondTheCreditEndsTheConnectionAndNothingElse() {
		join("a");
		this.host.stopReading();
		this.client.data(1, 0x01, new byte[16_000]);
		this.client.data(1, 0x02, new byte[16_000]);
		assertThat(this.client.closed()).startsWith("4009 FLOW_CONTROL: ");
		this.host.readAll();
		assertThat(this.host.talk()).contains("RESET 2 CLIENT_GONE the client's connection is gone");
		assertThat(this.host.closed()).isNull();
	}

	@Test
	void creditThatOverflowsEndsTheConnection() {
		join("a");
		this.host.credit(2, Integer.MAX_VALUE);
		assertThat(this.host.closed()).startsWith("4009 FLOW_CONTROL: ");
	}

	@Test
	void windowOfAFastStreamGrowsToItsMostAndNoFurther() {
		join("a");
		this.host.credit(2, Integer.MAX_VALUE - 1_000_000);
		this.client.heard();
		long granted = Wire.INITIAL_CREDIT;
		long sent = 0;
		byte[] chunk = new byte[8_000];
		for (int round = 0; round < 2_000; round++) {
			this.client.data(1, 0x03, chunk);
			sent += 8_064;
			granted += this.client.heard()
				.stream()
				.filter((line) -> line.startsWith("CREDIT 1 "))
				.mapToLong((line) -> Long.parseLong(line.substring(9)))
				.sum();
		}
		assertThat(granted - sent).isBetween(900_000L, 1_048_576L);
		assertThat(this.relay.budget.reserved()).isLessThan(1_200_000);
	}

	@Test
	void windowOfASlowStreamStaysSmall() {
		join("a");
		this.host.credit(2, 100_000_000);
		for (int round = 0; round < 100; round++) {
			this.relay.pause(Duration.ofMillis(500));
			this.client.data(1, 0x03, new byte[4_000]);
		}
		assertThat(this.relay.budget.reserved()).isEqualTo(2 * Wire.INITIAL_CREDIT);
	}

	@Test
	void slowHostHoldsNoMoreThanTheWindow() {
		join("a");
		byte[] chunk = new byte[1_000];
		int sent = 0;
		int credit = Wire.INITIAL_CREDIT;
		for (int round = 0; round < 10_000 && credit >= 1_064; round++) {
			this.client.data(1, 0x03, chunk);
			sent += 1_000;
			credit -= 1_064;
			credit += this.client.heard()
				.stream()
				.filter((line) -> line.startsWith("CREDIT 1 "))
				.mapToInt((line) -> Integer.parseInt(line.substring(9)))
				.sum();
		}
		// the host granted nothing, so its own window and the relay's are full
		assertThat(sent).isBetween(16_384, 2 * 16_384);
		assertThat(this.relay.budget.reserved()).isEqualTo(2 * Wire.INITIAL_CREDIT);
	}

	@Test
	void streamsAreRefusedWhenTheBudgetIsSpent() {
		Relay small = new Relay(BinaryLimits.DEFAULTS, 3 * Wire.INITIAL_CREDIT);
		ScriptedPeer smallHost = small.peer("host").listen(1, "a");
		smallHost.talk();
		ScriptedPeer smallClient = small.peer("client");
		smallClient.connectTo(1, "a").connectTo(3, "a").connectTo(5, "a");
		assertThat(smallClient.talk()).hasSize(2)
			.allSatisfy((line) -> assertThat(line).contains("LIMIT memory is short"));
		ScriptedPeer another = small.peer("another").connectTo(1, "a");
		assertThat(another.talk())
			.containsExactly("RESET 1 LIMIT the relay has no memory left for another stream (memory)");
		another.disconnect();
		smallClient.reset(1, ErrorCode.CANCELLED, "").connectTo(7, "a");
		assertThat(smallClient.talk()).isEmpty();
		smallClient.disconnect();
		smallHost.disconnect();
		assertThat(small.budget.reserved()).isZero();
	}

	@Test
	void peerCannotOpenMoreStreamsThanItMay() {
		Relay small = new Relay(
				new BinaryLimits(2, 65_536, Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(10)),
				Relay.MEMORY);
		ScriptedPeer peer = small.peer("peer").listen(1, "a").listen(3, "b").listen(5, "c");
		assertThat(peer.talk()).containsExactly("ACCEPT 1", "ACCEPT 3",
				"RESET 5 LIMIT a connection may have 2 streams open (stream.max-per-connection)");
		peer.end(1).listen(7, "c");
		assertThat(peer.talk()).containsExactly("END 1", "ACCEPT 7");
		peer.disconnect();
	}

	@Test
	void hostGetsNoMoreStreamsThanItAnnounced() {
		ScriptedPeer modest = ScriptedPeer.connect(this.relay.dialect, "modest").send("01 00 00 03 01 01 01");
		modest.listen(1, "m").talk();
		this.client.connectTo(1, "m").connectTo(3, "m");
		assertThat(this.client.talk()).containsExactly("RESET 3 LIMIT the host has as many streams as it takes: 1");
		modest.disconnect();
	}

	// --- fairness and batches

	@Test
	void fullStreamDoesNotHoldASmallOneBack() {
		join("a");
		this.client.connectTo(3, "a");
		this.host.accept(4).credit(2, 10_000_000).credit(4, 10_000_000);
		this.host.stopReading();
		this.client.text(1, "in flight");
		this.client.data(1, 0x03, new byte[15_000]);
		this.client.text(3, "small");
		this.host.heard();
		this.host.readOne();
		assertThat(this.host.heard()).containsExactly("DATA 2 BINARY first last 15000 bytes",
				"DATA 4 TEXT first last small");
	}

	@Test
	void streamsTakeTurnsByBytesWhateverTheSizeOfTheirMessages() {
		join("a");
		this.client.connectTo(3, "a");
		this.host.accept(4).credit(2, 100_000_000).credit(4, 100_000_000);
		growWindow(1);
		growWindow(3);
		this.host.stopReading();
		this.client.text(1, "occupies the line");
		for (int message = 0; message < 30; message++) {
			this.client.data(1, 0x03, new byte[16_000]);
		}
		for (int message = 0; message < 400; message++) {
			this.client.data(3, 0x03, new byte[1_000]);
		}
		int big = this.host.bytesOf(2);
		int small = this.host.bytesOf(4);
		for (int batch = 0; batch < 5; batch++) {
			this.host.readOne();
		}
		assertThat(this.host.bytesOf(2) - big).isGreaterThan(100_000);
		assertThat(this.host.bytesOf(2) - big - (this.host.bytesOf(4) - small)).isBetween(-2 * Outbox.QUANTUM,
				2 * Outbox.QUANTUM);
	}

	private void growWindow(int id) {
		for (int round = 0; round < 200; round++) {
			this.client.data(id, 0x03, new byte[8_000]);
		}
	}

	@Test
	void whatAccumulatesDuringAWriteGoesOutAsOneBatch() {
		join("a");
		this.host.stopReading();
		this.client.text(1, "first");
		int before = this.host.writes();
		for (int message = 0; message < 50; message++) {
			this.client.text(1, "m" + message);
		}
		assertThat(this.host.writes()).isEqualTo(before);
		this.host.readOne();
		assertThat(this.host.writes()).isEqualTo(before + 1);
	}

	@Test
	void manyFramesInOneMessageGoOutAsOneBatch() {
		join("a");
		int before = this.host.writes();
		this.client.send("05 07 01 01 61 05 07 01 01 62 05 07 01 01 63");
		assertThat(this.host.writes()).isEqualTo(before + 1);
		assertThat(this.host.talk()).containsExactly("DATA 2 TEXT first last a", "DATA 2 TEXT first last b",
				"DATA 2 TEXT first last c");
	}

	@Test
	void messagesKeepTheirEdgesKindAndBytesHoweverTheyAreCut() {
		join("a");
		this.host.credit(2, 1_000_000_000);
		Random random = new Random(42);
		for (int message = 0; message < 300; message++) {
			byte[] payload = new byte[random.nextInt(3_000)];
			random.nextBytes(payload);
			ByteBuffer frame = ByteBuffer.allocate(payload.length + 16);
			FrameWriter.head(frame, Wire.DATA, 0x03 | random.nextInt(3) << 2, 1, payload.length);
			frame.put(payload).flip();
			int before = this.host.bytes().length;
			while (frame.hasRemaining()) {
				int part = 1 + random.nextInt(frame.remaining());
				boolean last = part == frame.remaining();
				this.client.deliver(frame.slice(frame.position(), part), last);
				frame.position(frame.position() + part);
			}
			byte[] all = this.host.bytes();
			assertThat(Arrays.copyOfRange(all, before, all.length)).isEqualTo(payload);
			List<String> talk = this.host.talk();
			assertThat(talk).first().asString().contains(" first");
			assertThat(talk).last().asString().contains(" last");
		}
	}

	// --- liveness

	@Test
	void relayPingsWhenItHasNothingElseToSay() {
		this.relay.seconds(15, this.host);
		assertThat(this.host.talk()).containsExactly("PING ");
	}

	@Test
	void pingIsAnsweredAndOfSeveralTheNewest() {
		this.host.stopReading();
		this.host.listen(1, "a");
		this.host.send("02 00 00 01 01").send("02 00 00 01 02").send("02 00 00 01 03");
		this.host.talk();
		this.host.readOne();
		assertThat(this.host.talk()).containsExactly("PONG 03");
	}

	@Test
	void peerThatOnlyListensIsAskedWhetherItIsThere() {
		join("a");
		for (int second = 0; second < 60; second++) {
			this.relay.seconds(1, this.host, this.client);
			this.host.text(2, "x");
			if (this.client.talk().contains("PING ")) {
				this.client.send("02 01 00 00");
			}
		}
		assertThat(this.client.closed()).isNull();
	}

	@Test
	void silentPeerIsCutOff() {
		this.relay.seconds(18, this.host);
		assertThat(this.host.closed()).isNull();
		this.relay.seconds(2, this.host);
		assertThat(this.host.closed()).isEqualTo("4005 TIMEOUT: no sign of life for 20000 ms");
	}

	@Test
	void peerThatDoesNotSayHelloIsCutOff() {
		ScriptedPeer mute = ScriptedPeer.connect(this.relay.dialect, "mute");
		this.relay.seconds(11, mute);
		assertThat(mute.closed()).isEqualTo("4005 TIMEOUT: no HELLO within 10000 ms");
	}

	@Test
	void applicationThatStopsTellsItsPeers() {
		join("a");
		this.relay.registry.shutdown();
		this.host.connection().shutdown();
		assertThat(this.relay.events).containsExactly("created a", "destroyed a SHUTDOWN");
		assertThat(this.host.closed()).isEqualTo("1012 SHUTDOWN: the application stops");
		assertThat(this.client.talk()).containsExactly("RESET 1 SHUTDOWN the application stops");
		this.client.listen(3, "b");
		assertThat(this.client.talk()).containsExactly("RESET 3 SHUTDOWN the application stops");
	}

	@Test
	void socketIsClosedOverAWriteThatDoesNotFinish() {
		this.host.stopReading();
		this.host.listen(1, "a");
		this.host.connection().shutdown();
		assertThat(this.host.closed()).isNull();
		this.relay.seconds(2, this.host);
		assertThat(this.host.closed()).startsWith("1012 ");
	}

	@Test
	void writeThatThrowsIsTheEndOfItsConnectionAndOfNoOther() {
		boolean[] throwing = new boolean[1];
		String[] closed = new String[1];
		Connection connection = this.relay.dialect.connect(new Transport() {

			@Override
			public void write(ByteBuffer message, Completion completion) {
				if (throwing[0]) {
					throw new IllegalStateException("thrown by the test");
				}
				completion.completed(true);
			}

			@Override
			public void close(int code, String reason) {
				closed[0] = code + " " + reason;
			}

		}, "faulty");
		connection.admitted();
		connection.received(ByteBuffer.wrap(new byte[] { 1, 0, 0, 0 }), true);
		connection.received(ByteBuffer.wrap(new byte[] { 3, 0, 1, 4, 1, 1, 'b', 0 }), true);
		this.client.connectTo(1, "b");
		connection.received(ByteBuffer.wrap(new byte[] { 4, 0, 2, 0 }), true);
		assertThat(this.client.talk()).containsExactly("ACCEPT 1");
		throwing[0] = true;
		this.client.text(1, "hello");
		assertThat(closed[0]).isEqualTo("1011 a write failed");
		assertThat(this.client.talk()).containsExactly("RESET 1 HOST_GONE the host's connection is gone");
		assertThat(this.client.closed()).isNull();
	}

	@Test
	void failedWriteIsTheEndOfTheConnection() {
		Connection connection = this.relay.dialect.connect(new Transport() {

			@Override
			public void write(ByteBuffer message, Completion completion) {
				completion.completed(false);
			}

			@Override
			public void close(int code, String reason) {
			}

		}, "broken");
		connection.admitted();
		connection.received(ByteBuffer.wrap(new byte[] { 1, 0, 0, 0 }), true);
		connection.received(ByteBuffer.wrap(new byte[] { 3, 0, 1, 4, 1, 1, 'b', 0 }), true);
		assertThat(this.relay.registry.names()).doesNotContain("b");
	}

}
