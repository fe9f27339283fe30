/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.StreamException;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the user has of Java's end of a stream: the waiting and the futures. All state is
 * in {@link JavaEnd}.
 */
final class JavaStream implements DuplexStream {

	private final StreamRequest request;

	private final JavaEnd end;

	/**
	 * Creates a stream.
	 * @param request what it was opened with
	 * @param budget what is held for it is reserved there
	 * @param maxMessage the largest message that is taken, in bytes
	 * @param callbacks where futures complete that the user was given
	 */
	JavaStream(StreamRequest request, Budget budget, int maxMessage, Executor callbacks) {
		this.request = request;
		this.end = new JavaEnd(request.target(), budget, maxMessage, callbacks);
	}

	/**
	 * Returns the end that the proxy joins.
	 * @param onStart what to do once a client is there
	 * @return the end
	 */
	OutgoingStream proxySide(Consumer<JavaStream> onStart) {
		this.end.onStart(() -> onStart.accept(this));
		return this.end;
	}

	/**
	 * Takes the stream, which was started.
	 */
	void take() {
		this.end.take();
	}

	/**
	 * Reserves what the stream needs.
	 * @return whether the budget had so much left
	 */
	boolean open() {
		return this.end.open();
	}

	@Override
	public String name() {
		return this.request.target();
	}

	@Override
	public Optional<String> metadata() {
		return Optional.ofNullable(this.request.metadata());
	}

	@Override
	public CompletableFuture<Void> opened() {
		return this.end.opened().copy();
	}

	@Override
	public CompletableFuture<Void> closed() {
		return this.end.closed().copy();
	}

	@Override
	public CompletableFuture<Optional<Message>> read() {
		return this.end.read(false);
	}

	@Override
	public CompletableFuture<Void> write(Message message) {
		return this.end.write(Objects.requireNonNull(message, "'message' must not be null"), false);
	}

	@Override
	public void end() {
		this.end.finishWriting();
	}

	@Override
	public void reset(ErrorCode code, String reason) {
		this.end.abort(code, reason);
	}

	@Override
	public void close() {
		this.end.leaveInPeace();
	}

	@Override
	public Optional<Message> receive() throws InterruptedException {
		return await(this.end.read(true));
	}

	@Override
	public Optional<Message> receive(Duration timeout) throws InterruptedException {
		CompletableFuture<Optional<Message>> future = this.end.read(true);
		try {
			return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			if (!this.end.withdraw(future)) {
				return await(future);
			}
			throw new StreamException(ErrorCode.TIMEOUT,
					"no message from '" + name() + "' within " + timeout.toMillis() + " ms");
		}
		catch (ExecutionException ex) {
			throw failureOf(ex);
		}
		catch (InterruptedException ex) {
			this.end.withdraw(future);
			throw ex;
		}
	}

	@Override
	public void send(Message message) throws InterruptedException {
		await(this.end.write(Objects.requireNonNull(message, "'message' must not be null"), true));
	}

	private <T extends @Nullable Object> T await(CompletableFuture<T> future) throws InterruptedException {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			throw failureOf(ex);
		}
	}

	private static StreamException failureOf(ExecutionException ex) {
		if (ex.getCause() instanceof StreamException cause) {
			return new StreamException(cause);
		}
		throw new IllegalStateException(ex.getCause());
	}

	@Override
	public String toString() {
		return "stream to '" + name() + "'";
	}

}
