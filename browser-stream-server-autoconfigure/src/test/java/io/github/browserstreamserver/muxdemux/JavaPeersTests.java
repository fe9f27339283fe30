/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.browserstreamserver.proxy.ListeningServer;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.StreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Java code on the other side of a client or host of the original (the issue: all peers
 * meet; strings stay strings, JSON stays JSON, bytes end the stream).
 */
class JavaPeersTests {

	private final LineRelay relay = new LineRelay();

	private final LinePeer peer = this.relay.peer("peer");

	private final List<DuplexStream> served = new ArrayList<>();

	private ListeningServer server;

	@AfterEach
	void nothingIsLeft() {
		if (this.server != null) {
			this.server.close();
		}
		this.relay.everybodyGoes();
	}

	@Test
	void originalsClientIsServedByJava() {
		DuplexStream stream = clientOfJava();
		this.peer.says("['C','data','text']", "['C','data',{'a': 1.0}]", "['C','data']", "['C','data','null']");
		assertThat(next(stream)).isEqualTo("TEXT text");
		assertThat(next(stream)).isEqualTo("JSON {\"a\": 1.0}");
		assertThat(next(stream)).isEqualTo("JSON null");
		assertThat(next(stream)).isEqualTo("TEXT null");
		stream.write("text\n");
		stream.write(Message.json("[1,\n2]"));
		stream.write(Message.json("\"string\""));
		assertThat(this.peer.heard()).containsExactly("['C','data','text\\n']", "['C','data',[1, 2]]",
				"['C','data','string']");
	}

	@Test
	void javaIsAClientOfTheOriginalsHost() {
		DuplexStream stream = hostForJava();
		assertThat(stream.opened()).isCompleted();
		assertThat(this.peer.heard()).containsExactly("['A','data','[stream-server]:open']", "['A','data','early']");
		this.peer.says("['A','data','text']", "['A','data',[null]]");
		assertThat(next(stream)).isEqualTo("TEXT text");
		assertThat(next(stream)).isEqualTo("JSON [null]");
	}

	@Test
	void javaIsNotOpenedBeforeTheHostHasAccepted() {
		this.peer.opens("S", "/stream-server/server/one");
		DuplexStream stream = this.relay.registry.connect("one");
		assertThat(stream.opened()).isNotDone();
		this.peer.takesClient("S", "A", "one");
		assertThat(stream.opened()).isCompleted();
		stream.reset(ErrorCode.CANCELLED, "");
		assertThat(this.peer.heard()).endsWith("['A','end']", "['A','close']");
	}

	@Test
	void endOfJavaEndsTheOriginalAndItsLastWordsStillArrive() {
		DuplexStream stream = clientOfJava();
		stream.write("last");
		stream.end();
		assertThat(this.peer.heard()).containsExactly("['C','data','last']", "['C','end']", "['C','close']");
		assertThat(stream.closed()).isNotDone();
		this.peer.says("['C','data','crossing']", "['C','end']", "['C','close']");
		assertThat(next(stream)).isEqualTo("TEXT crossing");
		assertThat(next(stream)).isEqualTo("end");
		assertThat(stream.closed()).isCompleted();
		assertThat(this.peer.heard()).isEmpty();
	}

	@Test
	void endOfTheOriginalIsTheEndOfBothForJava() {
		DuplexStream stream = clientOfJava();
		this.peer.says("['C','data','last']", "['C','end']", "['C','close']");
		assertThat(next(stream)).isEqualTo("TEXT last");
		assertThat(next(stream)).isEqualTo("end");
		assertThat(this.peer.heard()).containsExactly("['C','end']", "['C','close']");
		assertThat(codeOf(stream.write("to nobody"))).isEqualTo(ErrorCode.CANCELLED);
		assertThat(stream.closed()).isCompleted();
		assertThat(this.peer.heard()).isEmpty();
		assertThat(this.relay.registry.find("java").orElseThrow().streams()).isZero();
	}

	@Test
	void endOfAPausedOriginalFailsWhatJavaStillHasToWrite() {
		DuplexStream stream = clientOfJava();
		this.peer.says("['C','pause']");
		CompletableFuture<Void> last = stream.write("0");
		while (last.isDone()) {
			last = stream.write("x".repeat(1_000));
		}
		this.peer.says("['C','end']", "['C','close']");
		assertThat(codeOf(stream.closed())).isEqualTo(ErrorCode.CANCELLED);
		assertThat(this.peer.heard()).containsExactly("['C','end']", "['C','close']");
		assertThat(this.relay.held()).isZero();
	}

	@Test
	void javaThatNeverEndsItsSideKeepsNothingWhenTheOriginalHasEnded() {
		clientOfJava();
		this.peer.says("['C','data','unread']", "['C','end']", "['C','close']");
		assertThat(next(this.served.get(0))).isEqualTo("TEXT unread");
		assertThat(this.relay.held()).isZero();
	}

	@Test
	void bytesEndTheStreamOnBothSidesAndSayWhy() {
		DuplexStream stream = clientOfJava();
		stream.write("before");
		stream.write(Message.binary(new byte[] { 1, 2 }));
		assertThat(codeOf(stream.closed())).isEqualTo(ErrorCode.REFUSED);
		List<String> heard = this.peer.heard();
		assertThat(heard.get(heard.size() - 3))
			.startsWith("['C','error',{'code':'REFUSED','library':'[stream-server]',")
			.contains("no bytes");
		assertThat(heard).endsWith("['C','end']", "['C','close']");
	}

	@Test
	void whatIsNotJsonEndsTheStreamOnBothSides() {
		for (String json : List.of("1 2", "{", "", "1],[2", "[".repeat(10_000))) {
			this.served.clear();
			LinePeer each = this.relay.peer("each");
			listen();
			each.opens("C", "/stream-server/client/java/r");
			each.heard();
			this.served.get(0).write(Message.json(json));
			assertThat(codeOf(this.served.get(0).closed())).isEqualTo(ErrorCode.PROTOCOL_ERROR);
			assertThat(each.heard()).hasSize(3).first().asString().startsWith("['C','error',{'code':'PROTOCOL_ERROR',");
		}
	}

	@Test
	void largeMessagesArriveWholeBothWays() {
		DuplexStream stream = clientOfJava();
		String large = "\u20ac".repeat(300_000);
		stream.write(large);
		assertThat(this.peer.heard()).containsExactly("['C','data','" + large + "']");
		this.peer.says("['C','data','" + large + "']");
		assertThat(next(stream)).isEqualTo("TEXT " + large);
	}

	@Test
	void javaThatDoesNotReadSuspendsTheOriginal() {
		DuplexStream stream = clientOfJava();
		int written = 0;
		while (!this.peer.isSuspended()) {
			this.peer.says("['C','data','" + "x".repeat(10_000) + "']");
			written++;
		}
		for (int message = 0; message < written; message++) {
			assertThat(next(stream)).hasSize(10_005);
		}
		assertThat(this.peer.isSuspended()).isFalse();
	}

	@Test
	void writesOfJavaWaitForAPausedOriginal() {
		DuplexStream stream = clientOfJava();
		this.peer.says("['C','pause']");
		CompletableFuture<Void> last = stream.write("0");
		int written = 1;
		while (last.isDone() && written < 10_000) {
			last = stream.write("x".repeat(1_000));
			written++;
		}
		assertThat(last).isNotDone();
		this.peer.says("['C','resume']");
		assertThat(last).isCompleted();
		assertThat(this.peer.heard()).hasSize(written);
	}

	@Test
	void lostOriginalIsAnErrorForJava() {
		DuplexStream stream = clientOfJava();
		this.peer.vanishes();
		assertThat(codeOf(stream.closed())).isEqualTo(ErrorCode.CLIENT_GONE);
		LinePeer host = this.relay.peer("host");
		host.opens("S", "/stream-server/server/one");
		DuplexStream other = this.relay.registry.connect("one");
		host.takesClient("S", "A", "one");
		host.vanishes();
		assertThat(codeOf(other.closed())).isEqualTo(ErrorCode.HOST_GONE);
	}

	@Test
	void nameIsOneForJavaAndTheOriginal() {
		this.peer.opens("S", "/stream-server/server/a%2Fb");
		assertThat(this.relay.registry.names()).containsExactly("a/b");
		assertThatExceptionOfType(StreamException.class)
			.isThrownBy(() -> this.relay.registry.listen("a/b", (stream) -> {
			}))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NAME_TAKEN));
	}

	private void listen() {
		if (this.server == null) {
			this.server = this.relay.registry.listen("java", this.served::add);
		}
	}

	private DuplexStream clientOfJava() {
		listen();
		this.peer.opens("C", "/stream-server/client/java/r");
		assertThat(this.peer.heard()).containsExactly("['C','data','[stream-server]:open']");
		return this.served.get(0);
	}

	private DuplexStream hostForJava() {
		this.peer.opens("S", "/stream-server/server/one");
		DuplexStream stream = this.relay.registry.connect("one");
		stream.write("early");
		this.peer.takesClient("S", "A", "one");
		return stream;
	}

	private static String next(DuplexStream stream) {
		CompletableFuture<Optional<Message>> read = stream.read();
		assertThat(read).isCompleted();
		return read.join().map(JavaPeersTests::shown).orElse("end");
	}

	private static String shown(Message message) {
		assertThat(message.kind()).isNotEqualTo(MessageKind.BINARY);
		return message.kind() + " " + new String(message.bytes(), StandardCharsets.UTF_8);
	}

	private static ErrorCode codeOf(CompletableFuture<Void> closed) {
		assertThat(closed).isCompletedExceptionally();
		Throwable thrown = catchThrowableOfType(java.util.concurrent.CompletionException.class, closed::join);
		return ((StreamException) thrown.getCause()).code();
	}

}
