/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamException;
import org.jspecify.annotations.Nullable;

/**
 * Java's end of a stream as the proxy sees it, which is like a tab's; {@link JavaStream}
 * is its face towards the user.
 * <p>
 * One lock guards its state. It is never held while the joined end or the user's code is
 * called: what is to be told is collected in {@link Calls} under the lock and run without
 * it. Parts are passed on by one thread at a time, whichever comes first
 * ({@link #sending}), so that their order holds.
 */
final class JavaEnd implements OutgoingStream {

	/** How long a stream that was closed waits for the other side to end too. */
	private static final int LINGER_SECONDS = 30;

	private static final String LEFT = "the other side closed the stream";

	private final String name;

	private final Executor callbacks;

	private final CompletableFuture<Void> opened = new CompletableFuture<>();

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private Runnable onStart = () -> {
	};

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
	 * Creates an end.
	 * @param name the name that was connected to, for messages
	 * @param budget what is held for it is reserved there
	 * @param maxMessage the largest message that is taken, in bytes
	 * @param callbacks where futures complete that the user was given
	 */
	JavaEnd(String name, Budget budget, int maxMessage, Executor callbacks) {
		this.name = name;
		this.callbacks = callbacks;
		this.inbox = new JavaInbox(budget, maxMessage);
		this.outbox = new JavaOutbox(budget);
	}

	/**
	 * Somebody who waits for a message.
	 *
	 * @param future what to complete
	 * @param waits whether a thread waits for it in {@link JavaStream#receive}, so that
	 * no user's code hangs on it
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
	 * Says what to do once a client is there.
	 * @param action run by {@link #start()}
	 */
	void onStart(Runnable action) {
		this.onStart = action;
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

	CompletableFuture<Void> opened() {
		return this.opened;
	}

	CompletableFuture<Void> closed() {
		return this.closed;
	}

	// --- called by the user's face

	/**
	 * Takes the next message.
	 * @param waits whether a thread waits for it, so that no user's code hangs on it
	 * @return a future of the message, or of nothing at the end
	 */
	CompletableFuture<Optional<Message>> read(boolean waits) {
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

	/**
	 * Takes a message to be written.
	 * @param message the message
	 * @param waits whether a thread waits for it, so that no user's code hangs on it
	 * @return a future that completes when it was passed on
	 */
	CompletableFuture<Void> write(Message message, boolean waits) {
		PendingWrite write = new PendingWrite(message);
		this.lock.lock();
		try {
			StreamException refusal = refusal();
			if (refusal != null) {
				return CompletableFuture.failedFuture(refusal);
			}
			if (!this.outbox.add(write)) {
				return CompletableFuture.failedFuture(new StreamException(ErrorCode.LIMIT,
						"the relay has no memory left for a message to '" + this.name + "'"));
			}
		}
		finally {
			this.lock.unlock();
		}
		// mostly it leaves in here, and the future is done before anybody has it, so that
		// no other thread has to be woken
		passOn();
		if (!waits) {
			handOut(write);
		}
		return write.future();
	}

	private void handOut(PendingWrite write) {
		this.lock.lock();
		try {
			write.handOut();
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private @Nullable StreamException refusal() {
		if (this.failure != null) {
			return this.failure;
		}
		if (this.endWanted || this.over) {
			return new StreamException(ErrorCode.CANCELLED,
					"this side of the stream to '" + this.name + "' was ended; nothing can be written behind that");
		}
		return this.outbox.isFull() ? new StreamException(ErrorCode.LIMIT, "more than " + JavaOutbox.MAX_WAITING
				+ " bytes wait to be written to '" + this.name + "'; wait for the future of a write before the next")
				: null;
	}

	/**
	 * Ends our direction, behind what was written.
	 */
	void finishWriting() {
		this.lock.lock();
		try {
			this.endWanted = true;
		}
		finally {
			this.lock.unlock();
		}
		passOn();
	}

	/**
	 * Ends both directions at once, and tells the other side.
	 * @param code why
	 * @param reason for people
	 */
	void abort(ErrorCode code, String reason) {
		String shown = reason.isEmpty() ? "this side reset the stream" : reason;
		if (finish(new StreamException(code, shown), true)) {
			this.other.reset(code, reason);
		}
	}

	/**
	 * Ends our direction, drops what comes in, and waits for the other side to end too.
	 */
	void leaveInPeace() {
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
				.thenRunAsync(() -> abort(ErrorCode.CANCELLED, LEFT), this.callbacks);
			if (isOver()) {
				lingered.cancel(false);
				this.lingering.cancel(false);
			}
		}
	}

	/**
	 * Takes a read back.
	 * @param future what it had returned
	 * @return whether it was in time
	 */
	boolean withdraw(CompletableFuture<Optional<Message>> future) {
		this.lock.lock();
		try {
			return this.readers.removeIf((reader) -> reader.future == future);
		}
		finally {
			this.lock.unlock();
		}
	}

	// --- called by the proxy

	@Override
	public void join(StreamEnd end) {
		this.other = end;
	}

	@Override
	public void start() {
		if (isOver()) {
			return;
		}
		if (!open()) {
			String reason = "the relay has no memory left for another stream (memory)";
			this.other.reset(ErrorCode.LIMIT, reason);
			reset(ErrorCode.LIMIT, reason);
			return;
		}
		this.onStart.run();
	}

	/**
	 * Takes the stream: only who serves it can say that there is somebody.
	 */
	void take() {
		this.other.accept();
		accept();
	}

	@Override
	public void accept() {
		this.callbacks.execute(() -> this.opened.complete(null));
	}

	@Override
	public void data(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
		String broken = null;
		int released = cost;
		boolean left;
		boolean afterEnd;
		Calls calls = new Calls();
		this.lock.lock();
		try {
			left = this.leaving;
			afterEnd = this.otherEnded && !this.over;
			if (!this.over && !left && !afterEnd) {
				broken = this.inbox.add(kind, last, payload, cost);
				serveReaders(calls);
				released = this.inbox.takeReleased();
			}
		}
		finally {
			this.lock.unlock();
		}
		this.other.released(released);
		calls.run();
		if (left) {
			// nobody reads it, and whoever still sends does not know
			leave();
		}
		if (afterEnd) {
			abort(ErrorCode.HOST_GONE, "the host stopped listening");
		}
		if (broken != null) {
			abort(ErrorCode.LIMIT, broken);
		}
	}

	@Override
	public void end() {
		Calls calls = new Calls();
		boolean bothEnded;
		boolean brokenOff;
		this.lock.lock();
		try {
			brokenOff = this.inbox.isInside() && !this.leaving;
			this.otherEnded = !brokenOff;
			bothEnded = !brokenOff && this.endPassed && !this.sending;
			serveReaders(calls);
		}
		finally {
			this.lock.unlock();
		}
		calls.run();
		if (brokenOff) {
			abort(ErrorCode.HOST_GONE, "the server was ended inside a message");
		}
		else if (bothEnded) {
			finish(null, false);
		}
	}

	/**
	 * Nothing more can be written either, so both directions are over; nobody needs to
	 * wait for the user to see it.
	 */
	@Override
	public void hangUp() {
		end();
		finishWriting();
	}

	@Override
	public void reset(ErrorCode code, String reason) {
		finish(new StreamException(code, reason), false);
	}

	@Override
	public void released(int cost) {
		this.lock.lock();
		try {
			this.outbox.released(cost);
		}
		finally {
			this.lock.unlock();
		}
		passOn();
	}

	// --- inside

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
		PendingWrite write = (part != null) ? part.write() : null;
		boolean isToTell;
		boolean bothEnded;
		this.lock.lock();
		try {
			this.sending = false;
			isToTell = write != null && write.passedOn();
			bothEnded = this.endPassed && this.otherEnded;
		}
		finally {
			this.lock.unlock();
		}
		if (write != null && isToTell) {
			this.callbacks.execute(() -> write.future().complete(null));
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
			abort(ErrorCode.CANCELLED, LEFT);
		}
	}

}
