/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.stream.StreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Java code as host and client, with everything on the test's own thread.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProxyRegistryTests {

	private static final int MAX_MESSAGE = 1_048_576;

	private final List<String> events = new ArrayList<>();

	private final Budget budget = new Budget(67_108_864);

	private Executor handlers = Runnable::run;

	private final ProxyRegistry registry = new ProxyRegistry(new ServerListener() {

		@Override
		public void created(String name, Instant at) {
			ProxyRegistryTests.this.events.add("created " + name);
		}

		@Override
		public void destroyed(String name, Instant at, DestroyReason reason) {
			ProxyRegistryTests.this.events.add("destroyed " + name + " " + reason);
		}

	}, Runnable::run, this.budget, MAX_MESSAGE, (task) -> this.handlers.execute(task), Runnable::run,
			Clock.systemUTC());

	private DuplexStream hosted;

	private ListeningServer listen(String name) {
		return this.registry.listen(name, (stream) -> this.hosted = stream);
	}

	private static ErrorCode failure(CompletableFuture<?> future) {
		assertThat(future).isCompletedExceptionally();
		try {
			future.get();
			throw new AssertionError("it did not fail");
		}
		catch (ExecutionException ex) {
			return ((StreamException) ex.getCause()).code();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void assertNext(DuplexStream stream, Message expected) {
		assertThat(stream.read()).isCompletedWithValue(Optional.of(expected));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{nope", "1 2", "'text'" })
	void refusesMetadataThatIsNoJson(String metadata) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.connect("a", metadata))
			.withMessageContaining("is not one JSON value");
	}

	@Test
	void refusesMetadataThatAHostCouldNotTake() {
		String largest = "\"" + "x".repeat(4_094) + "\"";
		this.registry.connect("a", largest).close();
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.connect("a", largest + " "))
			.withMessageContaining("has 4097 bytes; at most 4096 are allowed");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.registry.connect("a", "\"" + "\u00e4".repeat(2_048) + "\""))
			.withMessageContaining("has 4098 bytes");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.registry.connect("a", "[".repeat(101) + "]".repeat(101)))
			.withMessageContaining("levels");
	}

	@Test
	void messagesOfAllKindsPassBothWays() {
		listen("a");
		DuplexStream client = this.registry.connect("a", "{\"x\":1}");
		assertThat(this.hosted.name()).isEqualTo("a");
		assertThat(this.hosted.metadata()).contains("{\"x\":1}");
		assertThat(client.opened()).isCompleted();
		List<Message> messages = List.of(Message.text("héllo"), Message.json("null"),
				Message.binary(new byte[] { 0, -1 }), Message.text(""));
		messages.forEach(client::write);
		messages.forEach(this.hosted::write);
		messages.forEach((message) -> assertNext(this.hosted, message));
		messages.forEach((message) -> assertNext(client, message));
	}

	@Test
	void connectToAMissingNameFailsReadsAndWrites() {
		DuplexStream stream = this.registry.connect("nobody");
		assertThat(failure(stream.read())).isEqualTo(ErrorCode.NO_SUCH_SERVER);
		assertThat(failure(stream.write("x"))).isEqualTo(ErrorCode.NO_SUCH_SERVER);
		assertThat(failure(stream.opened())).isEqualTo(ErrorCode.NO_SUCH_SERVER);
		assertThat(failure(stream.closed())).isEqualTo(ErrorCode.NO_SUCH_SERVER);
		assertThatExceptionOfType(StreamException.class).isThrownBy(stream::receive)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NO_SUCH_SERVER));
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void listenOnATakenNameFails() {
		ListeningServer first = listen("a");
		assertThatExceptionOfType(StreamException.class).isThrownBy(() -> listen("a"))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NAME_TAKEN));
		first.close();
		listen("a");
		assertThat(this.events).containsExactly("created a", "destroyed a ENDED", "created a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\nb", "\u0000", "\u009f" })
	void namesThatCannotBeAreRefusedAtOnce(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.connect(name));
		assertThatIllegalArgumentException().isThrownBy(() -> listen(name));
	}

	@Test
	void nameMayHave255BytesAndNoMore() {
		listen("é".repeat(127) + "x");
		assertThatIllegalArgumentException().isThrownBy(() -> listen("é".repeat(128)));
	}

	@Test
	void readBeforeTheMessageIsCompletedByIt() {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		CompletableFuture<Optional<Message>> first = client.read();
		CompletableFuture<Optional<Message>> second = client.read();
		assertThat(first).isNotDone();
		this.hosted.write("1");
		assertThat(first).isCompletedWithValue(Optional.of(Message.text("1")));
		assertThat(second).isNotDone();
		this.hosted.end();
		assertThat(second).isCompletedWithValue(Optional.empty());
	}

	@Test
	void cancelledReadTakesNoMessage() {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		client.read().cancel(false);
		this.hosted.write("kept");
		assertNext(client, Message.text("kept"));
	}

	@Test
	void streamIsClosedWhenBothHaveEnded() {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		client.write("last");
		client.end();
		assertThat(failure(client.write("late"))).isEqualTo(ErrorCode.CANCELLED);
		assertThat(client.closed()).isNotDone();
		assertNext(this.hosted, Message.text("last"));
		assertThat(this.hosted.read()).isCompletedWithValue(Optional.empty());
		this.hosted.write("answer");
		this.hosted.end();
		assertThat(client.closed()).isCompletedWithValue(null);
		assertThat(this.hosted.closed()).isCompletedWithValue(null);
		assertNext(client, Message.text("answer"));
		assertThat(client.read()).isCompletedWithValue(Optional.empty());
		assertThat(this.registry.find("a").orElseThrow().streams()).isZero();
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void resetReachesTheOtherSideWithItsCodeAndDropsNothingThatHadArrived() {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		this.hosted.write("before");
		this.hosted.reset(ErrorCode.REFUSED, "enough");
		assertNext(client, Message.text("before"));
		assertThat(failure(client.read())).isEqualTo(ErrorCode.REFUSED);
		assertThat(failure(this.hosted.read())).isEqualTo(ErrorCode.REFUSED);
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void closeDeliversWhatWasWrittenAndEndsInPeaceWhenTheOtherSideEndsToo() {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		client.write("last words");
		client.close();
		assertNext(this.hosted, Message.text("last words"));
		assertThat(this.hosted.read()).isCompletedWithValue(Optional.empty());
		assertThat(this.hosted.closed()).isNotDone();
		this.hosted.end();
		assertThat(this.hosted.closed()).isCompletedWithValue(null);
		assertThat(client.closed()).isCompletedWithValue(null);
		client.close();
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void whoSendsOnToSomebodyWhoLeftIsTold() {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		this.hosted.write("never read");
		client.close();
		this.hosted.write("nobody is there");
		assertThat(failure(this.hosted.closed())).isEqualTo(ErrorCode.CANCELLED);
		assertThat(failure(client.closed())).isEqualTo(ErrorCode.CANCELLED);
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void serverThatClosesEndsItsStreams() {
		ListeningServer server = listen("a");
		DuplexStream client = this.registry.connect("a");
		server.close();
		assertThat(server.closed()).isCompleted();
		assertThat(client.read()).isCompletedWithValue(Optional.empty());
		assertThat(this.registry.names()).isEmpty();
		server.close();
		assertThat(this.events).containsExactly("created a", "destroyed a ENDED");
	}

	@Test
	void writerIsSlowedDownByAReaderThatDoesNotRead() {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		List<CompletableFuture<Void>> writes = new ArrayList<>();
		for (int message = 0; message < 100; message++) {
			writes.add(client.write(Message.binary(new byte[10_000])));
		}
		long passed = writes.stream().filter(CompletableFuture::isDone).count();
		assertThat(passed).isBetween(5L, 7L);
		for (int message = 0; message < 100; message++) {
			assertThat(this.hosted.read()).isCompleted();
		}
		assertThat(writes).allMatch(CompletableFuture::isDone);
	}

	@Test
	void writesAreRefusedWhenTooMuchWaits() {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		for (int waiting = 0; waiting <= JavaOutbox.MAX_WAITING; waiting += MAX_MESSAGE) {
			assertThat(client.write(Message.binary(new byte[MAX_MESSAGE]))).isNotCompletedExceptionally();
		}
		client.write(Message.binary(new byte[MAX_MESSAGE]));
		assertThat(failure(client.write("x"))).isEqualTo(ErrorCode.LIMIT);
		assertThat(this.hosted.read()).isCompleted();
		assertThat(this.hosted.read()).isCompleted();
		assertThat(client.write("y")).isNotDone();
	}

	@Test
	void messageLargerThanTheAllowanceArrivesWhole() {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		byte[] bytes = new byte[MAX_MESSAGE];
		new Random(1).nextBytes(bytes);
		assertThat(client.write(Message.binary(bytes))).isCompleted();
		client.write(Message.text("next"));
		assertNext(this.hosted, Message.binary(bytes));
		assertNext(this.hosted, Message.text("next"));
	}

	@Test
	void messageOverTheBoundResetsTheStreamOnBothSides() {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		client.write(Message.binary(new byte[MAX_MESSAGE + 1]));
		assertThat(failure(client.closed())).isEqualTo(ErrorCode.LIMIT);
		assertThat(failure(this.hosted.closed())).isEqualTo(ErrorCode.LIMIT);
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void messagesThatWaitToBeWrittenAreInTheBudget() {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		client.write(Message.binary(new byte[MAX_MESSAGE]));
		client.write(Message.binary(new byte[MAX_MESSAGE]));
		client.write(Message.binary(new byte[MAX_MESSAGE]));
		assertThat(this.budget.reserved()).isGreaterThan(2L * MAX_MESSAGE);
		client.reset(ErrorCode.CANCELLED, "");
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void onlyOneMessageBeyondTheAllowanceWaitsForAReader() {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		List<CompletableFuture<Void>> writes = new ArrayList<>();
		for (int message = 0; message < 8; message++) {
			writes.add(client.write(Message.binary(new byte[MAX_MESSAGE])));
		}
		assertThat(writes.stream().filter(CompletableFuture::isDone)).hasSize(1);
		for (int message = 0; message < 8; message++) {
			assertThat(this.hosted.read()).isCompleted();
		}
		client.reset(ErrorCode.CANCELLED, "");
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void failingHandlerResetsItsStreamWithInternal() {
		this.registry.listen("a", (stream) -> {
			throw new IllegalStateException("bug");
		});
		DuplexStream client = this.registry.connect("a");
		assertThat(failure(client.read())).isEqualTo(ErrorCode.INTERNAL);
	}

	@Test
	void handlerThatAlwaysFailsDoesNotFillTheLog(CapturedOutput output) {
		this.registry.listen("a", (stream) -> {
			throw new IllegalStateException("a bug in a handler");
		});
		for (int time = 0; time < 10; time++) {
			assertThat(failure(this.registry.connect("a").read())).isEqualTo(ErrorCode.INTERNAL);
		}
		assertThat(output).containsOnlyOnce("a bug in a handler")
			.contains("The handler of the stream server 'a' failed");
	}

	@Test
	void handlerMayRefuseWithACode() {
		this.registry.listen("a", (stream) -> {
			throw new StreamException(ErrorCode.REFUSED, "members only");
		});
		assertThat(failure(this.registry.connect("a").read())).isEqualTo(ErrorCode.REFUSED);
	}

	@Test
	void clientIsResetWhenNoThreadIsLeftForItsHandler() {
		listen("a");
		this.handlers = (task) -> {
			throw new RejectedExecutionException("full");
		};
		DuplexStream client = this.registry.connect("a");
		assertThat(failure(client.opened())).as("it was never taken").isEqualTo(ErrorCode.LIMIT);
		assertThat(failure(client.read())).isEqualTo(ErrorCode.LIMIT);
	}

	@Test
	void streamIsRefusedWithoutMemoryAndNothingLeaks() {
		ProxyRegistry poor = new ProxyRegistry(new ServerListener() {

			@Override
			public void created(String name, Instant at) {
			}

			@Override
			public void destroyed(String name, Instant at, DestroyReason reason) {
			}

		}, Runnable::run, new Budget(JavaOutbox.ALLOWANCE), MAX_MESSAGE, Runnable::run, Runnable::run,
				Clock.systemUTC());
		poor.listen("a", (stream) -> {
		});
		assertThat(failure(poor.connect("a").read())).isEqualTo(ErrorCode.LIMIT);
		assertThat(failure(poor.connect("a").read())).isEqualTo(ErrorCode.LIMIT);
		assertThat(poor.find("a").orElseThrow().streams()).isZero();
	}

	@Test
	void threadMayWaitForMessages() throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			this.handlers = threads;
			this.registry.listen("upper", (stream) -> {
				try (stream) {
					for (Optional<Message> next = stream.receive(); next.isPresent(); next = stream.receive()) {
						stream.send(next.get().text().toUpperCase());
					}
				}
			});
			DuplexStream client = this.registry.connect("upper");
			for (int message = 0; message < 1_000; message++) {
				client.send("m" + message);
				assertThat(client.receive(Duration.ofSeconds(10))).contains(Message.text("M" + message));
			}
			client.end();
			assertThat(client.receive(Duration.ofSeconds(10))).isEmpty();
			client.closed().get(10, TimeUnit.SECONDS);
		}
		finally {
			threads.shutdownNow();
			assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void receiveThatTimesOutLosesNoMessage() throws Exception {
		listen("a");
		DuplexStream client = this.registry.connect("a");
		assertThatExceptionOfType(StreamException.class).isThrownBy(() -> client.receive(Duration.ofMillis(1)))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.TIMEOUT));
		this.hosted.write("still there");
		assertThat(client.receive(Duration.ofMillis(1))).contains(Message.text("still there"));
	}

	@Test
	void nobodyListensWhenTheApplicationStops() {
		ListeningServer server = listen("a");
		this.registry.shutdown();
		assertThat(server.closed()).isCompleted();
		assertThat(this.events).containsExactly("created a", "destroyed a SHUTDOWN");
		assertThatExceptionOfType(StreamException.class).isThrownBy(() -> listen("b"))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.SHUTDOWN));
		this.registry.resume();
		listen("b");
	}

	@Test
	void throwingListenerDelaysNobody() {
		ProxyRegistry unlucky = new ProxyRegistry(new ServerListener() {

			@Override
			public void created(String name, Instant at) {
				throw new IllegalStateException("bug in a listener");
			}

			@Override
			public void destroyed(String name, Instant at, DestroyReason reason) {
				throw new IllegalStateException("bug in a listener");
			}

		}, Runnable::run, this.budget, MAX_MESSAGE, Runnable::run, Runnable::run, Clock.systemUTC());
		unlucky.listen("a", (stream) -> stream.write("served")).close();
		unlucky.listen("a", (stream) -> stream.write("served"));
		assertThat(unlucky.connect("a").read()).isCompletedWithValue(Optional.of(Message.text("served")));
	}

}
