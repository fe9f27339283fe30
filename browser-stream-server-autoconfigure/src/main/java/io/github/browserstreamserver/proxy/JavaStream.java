/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamException;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;

/**
 * Java's end of a stream: a {@link DuplexStream} towards the user, and an end like a
 * tab's ({@link ProxySide}) towards the proxy.
 * <p>
 * One lock guards its state. It is never held while the joined end or the user's code is
 * called: what is to be told is collected in {@link Calls} under the lock and run without
 * it. Parts are passed on by one thread at a time, whichever comes first
 * ({@link #sending}), so that their order holds.
 */
final class JavaStream implements DuplexStream {

	/**
	 * How long a stream that was closed waits for the other side to take what was
	 * written.
	 */
	private static final int LINGER_SECONDS = 30;

	private static final String LEFT = "the other side closed the stream";

	private final StreamRequest request;

	private final Executor callbacks;

	private final ProxySide proxySide = new ProxySide();

	private final CompletableFuture<Void> opened = new CompletableFuture<>();

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	/** Is completed by its timer, when the other side had its time to end too. */
	private final CompletableFuture<@Nullable Void> lingering = new CompletableFuture<>();

	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private final JavaInbox inbox;

	@GuardedBy("lock")
	private final JavaOutbox outbox;

	@GuardedBy("lock")
	private final ArrayDeque<Reader> readers = new ArrayDeque<>();

	@GuardedBy("lock")
	private boolean sending;

	@GuardedBy("lock")
	private boolean endWanted;

	@GuardedBy("lock")
	private boolean endPassed;

	@GuardedBy("lock")
	private boolean otherEnded;

	@GuardedBy("lock")
	private boolean leaving;

	@GuardedBy("lock")
	private boolean over;

	@GuardedBy("lock")
	private @Nullable StreamException failure;

	private volatile StreamEnd other = StreamEnd.NOWHERE;

	/**
	 * Creates a stream.
	 * @param request what it was opened with
	 * @param budget what is held for it is reserved there
	 * @param maxMessage the largest message that is taken, in bytes
	 * @param callbacks where futures complete that the user was given
	 */
	JavaStream(StreamRequest request, Budget budget, int maxMessage, Executor callbacks) {
		this.request = request;
		this.callbacks = callbacks;
		this.inbox = new JavaInbox(budget, maxMessage);
		this.outbox = new JavaOutbox(budget);
	}

	/**
	 * Somebody who waits for a message.
	 *
	 * @param future what to complete
	 * @param waits whether a thread waits for it in {@link #receive}, so that no user's
	 * code hangs on it
	 */
	private record Reader(CompletableFuture<Optional<Message>> future, boolean waits) {
	}

	/**
	 * What is to be called when the lock is no longer held.
	 */
	private static final class Calls extends ArrayList<Runnable> {

		private static final long serialVersionUID = 1L;

		void run() {
			forEach(Runnable::run);
		}

	}

	/**
	 * Returns the end that the proxy joins.
	 * @param onStart what to do once a client is there
	 * @return the end
	 */
	OutgoingStream proxySide(Consumer<JavaStream> onStart) {
		this.proxySide.onStart = onStart;
		return this.proxySide;
	}

	/**
	 * Reserves what the stream needs.
	 * @return whether the budget had so much left
	 */
	boolean open() {
		this.lock.lock();
		try {
			return !this.over && this.outbox.open();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isOver() {
		this.lock.lock();
		try {
			return this.over;
		}
		finally {
			this.lock.unlock();
		}
	}

	// --- the user's face

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
		return this.opened.copy();
	}

	@Override
	public CompletableFuture<Void> closed() {
		return this.closed.copy();
	}

	@Override
	public CompletableFuture<Optional<Message>> read() {
		return read(false);
	}

	private CompletableFuture<Optional<Message>> read(boolean waits) {
		CompletableFuture<Optional<Message>> future = new CompletableFuture<>();
		Calls calls = new Calls();
		int released;
		this.lock.lock();
		try {
			// what is there already is given at once: nobody can hang on the future yet
			this.readers.add(new Reader(future, true));
			serveReaders(calls);
			if (this.readers.removeIf((reader) -> reader.future == future)) {
				this.readers.add(new Reader(future, waits));
			}
			released = this.inbox.takeReleased();
		}
		finally {
			this.lock.unlock();
		}
		calls.run();
		this.other.released(released);
		return future;
	}

	@Override
	public CompletableFuture<Void> write(Message message) {
		Objects.requireNonNull(message, "'message' must not be null");
		CompletableFuture<Void> future = new CompletableFuture<>();
		this.lock.lock();
		try {
			StreamException refusal = refusal();
			if (refusal != null) {
				return CompletableFuture.failedFuture(refusal);
			}
			if (!this.outbox.add(message, future)) {
				return CompletableFuture.failedFuture(new StreamException(ErrorCode.LIMIT,
						"the relay has no memory left for a message to '" + name() + "'"));
			}
		}
		finally {
			this.lock.unlock();
		}
		passOn();
		return future;
	}

	@GuardedBy("lock")
	private @Nullable StreamException refusal() {
		if (this.failure != null) {
			return this.failure;
		}
		if (this.endWanted || this.over) {
			return new StreamException(ErrorCode.CANCELLED,
					"this side of the stream to '" + name() + "' was ended; nothing can be written behind that");
		}
		return this.outbox.isFull() ? new StreamException(ErrorCode.LIMIT, "more than " + JavaOutbox.MAX_WAITING
				+ " bytes wait to be written to '" + name() + "'; wait for the future of a write before the next")
				: null;
	}

	@Override
	public void end() {
		this.lock.lock();
		try {
			this.endWanted = true;
		}
		finally {
			this.lock.unlock();
		}
		passOn();
	}

	@Override
	public void reset(ErrorCode code, String reason) {
		String shown = reason.isEmpty() ? "this side reset the stream" : reason;
		if (finish(new StreamException(code, shown), true)) {
			this.other.reset(code, reason);
		}
	}

	@Override
	public void close() {
		int released;
		this.lock.lock();
		try {
			this.leaving = true;
			this.endWanted = true;
			released = this.inbox.close(true);
		}
		finally {
			this.lock.unlock();
		}
		this.other.released(released);
		passOn();
		if (!isOver()) {
			CompletableFuture<Void> lingered = this.lingering.completeOnTimeout(null, LINGER_SECONDS, TimeUnit.SECONDS)
				.thenRunAsync(() -> reset(ErrorCode.CANCELLED, LEFT), this.callbacks);
			if (isOver()) {
				lingered.cancel(false);
				this.lingering.cancel(false);
			}
		}
	}

	@Override
	public Optional<Message> receive() throws InterruptedException {
		return await(read(true));
	}

	@Override
	public Optional<Message> receive(Duration timeout) throws InterruptedException {
		CompletableFuture<Optional<Message>> future = read(true);
		try {
			return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			if (!withdraw(future)) {
				return await(future);
			}
			throw new StreamException(ErrorCode.TIMEOUT,
					"no message from '" + name() + "' within " + timeout.toMillis() + " ms");
		}
		catch (ExecutionException ex) {
			throw failureOf(ex);
		}
		catch (InterruptedException ex) {
			withdraw(future);
			throw ex;
		}
	}

	private boolean withdraw(CompletableFuture<Optional<Message>> future) {
		this.lock.lock();
		try {
			return this.readers.removeIf((reader) -> reader.future == future);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void send(Message message) throws InterruptedException {
		await(write(message));
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

	// --- what both faces share

	/**
	 * Gives messages, the end or the failure to whoever waits for them.
	 * @param calls takes what is to be called without the lock
	 */
	@GuardedBy("lock")
	private void serveReaders(Calls calls) {
		while (!this.readers.isEmpty()) {
			if (this.readers.element().future.isDone()) {
				this.readers.remove();
				continue;
			}
			Message message = this.inbox.poll();
			if (message == null && !this.otherEnded && this.failure == null) {
				return;
			}
			Reader reader = this.readers.remove();
			StreamException failed = (message == null && !this.otherEnded) ? this.failure : null;
			Runnable completion = (failed != null) ? () -> reader.future.completeExceptionally(failed)
					: () -> reader.future.complete(Optional.ofNullable(message));
			calls.add(reader.waits ? completion : () -> this.callbacks.execute(completion));
		}
	}

	/**
	 * Passes on what waits, as far as the allowance goes, and then the end.
	 */
	private void passOn() {
		while (true) {
			JavaOutbox.Part part = null;
			boolean ends;
			this.lock.lock();
			try {
				if (this.sending || this.over) {
					return;
				}
				part = this.outbox.next();
				ends = part == null && this.outbox.isEmpty() && this.endWanted && !this.endPassed;
				if (part == null && !ends) {
					return;
				}
				this.endPassed |= ends;
				this.sending = true;
			}
			finally {
				this.lock.unlock();
			}
			if (part != null) {
				this.other.data(part.kind(), part.first(), part.last(), part.payload(), part.cost());
			}
			else {
				this.other.end();
			}
			passedOn(part);
		}
	}

	private void passedOn(JavaOutbox.@Nullable Part part) {
		CompletableFuture<Void> future = (part != null) ? part.future() : null;
		boolean bothEnded;
		this.lock.lock();
		try {
			this.sending = false;
			bothEnded = this.endPassed && this.otherEnded;
		}
		finally {
			this.lock.unlock();
		}
		if (future != null) {
			this.callbacks.execute(() -> future.complete(null));
		}
		if (bothEnded) {
			finish(null, false);
		}
	}

	/**
	 * Ends everything once.
	 * @param why the failure, or {@code null} if both directions were ended
	 * @param drop whether what had arrived is dropped
	 * @return whether it was not over before
	 */
	private boolean finish(@Nullable StreamException why, boolean drop) {
		Calls calls = new Calls();
		int released;
		this.lock.lock();
		try {
			if (this.over) {
				return false;
			}
			this.over = true;
			this.failure = why;
			// with its timer, which would keep the stream in memory
			calls.add(() -> this.lingering.cancel(false));
			released = this.inbox.close(drop);
			serveReaders(calls);
			for (CompletableFuture<Void> dropped : this.outbox.close()) {
				StreamException cause = (why != null) ? why
						: new StreamException(ErrorCode.CANCELLED, "the stream is over");
				calls.add(() -> this.callbacks.execute(() -> dropped.completeExceptionally(cause)));
			}
		}
		finally {
			this.lock.unlock();
		}
		calls.add(() -> this.callbacks.execute(() -> completeLifecycle(why)));
		calls.run();
		this.other.released(released);
		return true;
	}

	private void completeLifecycle(@Nullable StreamException why) {
		if (why != null) {
			this.opened.completeExceptionally(why);
			this.closed.completeExceptionally(why);
		}
		else {
			this.closed.complete(null);
		}
	}

	/**
	 * Ends a stream that was closed, unless what was written is still under way.
	 */
	private void leave() {
		boolean leaves;
		this.lock.lock();
		try {
			leaves = this.endPassed && !this.sending && this.outbox.hasLeft();
		}
		finally {
			this.lock.unlock();
		}
		if (leaves) {
			reset(ErrorCode.CANCELLED, LEFT);
		}
	}

	@Override
	public String toString() {
		return "stream to '" + name() + "'";
	}

	/**
	 * The face towards the proxy: what the other side does.
	 */
	private final class ProxySide implements OutgoingStream {

		private Consumer<JavaStream> onStart = (stream) -> {
		};

		@Override
		public void join(StreamEnd end) {
			JavaStream.this.other = end;
		}

		@Override
		public void start() {
			if (isOver()) {
				return;
			}
			if (!open()) {
				String reason = "the relay has no memory left for another stream";
				JavaStream.this.other.reset(ErrorCode.LIMIT, reason);
				reset(ErrorCode.LIMIT, reason);
				return;
			}
			JavaStream.this.other.accept();
			accept();
			this.onStart.accept(JavaStream.this);
		}

		@Override
		public void accept() {
			JavaStream.this.callbacks.execute(() -> JavaStream.this.opened.complete(null));
		}

		@Override
		public void data(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
			String broken = null;
			int released = cost;
			boolean left;
			boolean afterEnd;
			Calls calls = new Calls();
			JavaStream.this.lock.lock();
			try {
				left = JavaStream.this.leaving;
				afterEnd = JavaStream.this.otherEnded && !JavaStream.this.over;
				if (!JavaStream.this.over && !left && !afterEnd) {
					broken = JavaStream.this.inbox.add(kind, last, payload, cost);
					serveReaders(calls);
					released = JavaStream.this.inbox.takeReleased();
				}
			}
			finally {
				JavaStream.this.lock.unlock();
			}
			JavaStream.this.other.released(released);
			calls.run();
			if (left) {
				// nobody reads it, and whoever still sends does not know
				leave();
			}
			if (afterEnd) {
				JavaStream.this.reset(ErrorCode.HOST_GONE, "the host stopped listening");
			}
			if (broken != null) {
				JavaStream.this.reset(ErrorCode.LIMIT, broken);
			}
		}

		@Override
		public void end() {
			Calls calls = new Calls();
			boolean bothEnded;
			boolean brokenOff;
			JavaStream.this.lock.lock();
			try {
				brokenOff = JavaStream.this.inbox.isInside();
				JavaStream.this.otherEnded = !brokenOff;
				bothEnded = !brokenOff && JavaStream.this.endPassed && !JavaStream.this.sending;
				serveReaders(calls);
			}
			finally {
				JavaStream.this.lock.unlock();
			}
			calls.run();
			if (brokenOff) {
				JavaStream.this.reset(ErrorCode.HOST_GONE, "the server was ended inside a message");
			}
			else if (bothEnded) {
				finish(null, false);
			}
		}

		@Override
		public void reset(ErrorCode code, String reason) {
			finish(new StreamException(code, reason), false);
		}

		@Override
		public void released(int cost) {
			JavaStream.this.lock.lock();
			try {
				JavaStream.this.outbox.released(cost);
			}
			finally {
				JavaStream.this.lock.unlock();
			}
			passOn();
		}

	}

}
