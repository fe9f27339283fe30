/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a request that takes frames. It writes when the container says that it
 * can without waiting: a polling one sends one frame, a streaming one a prelude and then
 * frames until the browser has kept enough of them.
 * <p>
 * Whatever happens is signalled, by any thread; one thread at a time does what follows,
 * with no lock held.
 */
final class XhrResponse implements WriteListener, AsyncListener {

	private static final Logger logger = LoggerFactory.getLogger(XhrResponse.class);

	/** Makes browsers show what comes after it at once. */
	private static final byte[] PRELUDE = ("h".repeat(2048) + "\n").getBytes(StandardCharsets.US_ASCII);

	private static final long STREAM_LIMIT = 131_072;

	private final XhrSession session;

	private final boolean streaming;

	private final AtomicInteger signals = new AtomicInteger();

	/** Held while the stream is called, which does not wait. */
	private final ReentrantLock touching = new ReentrantLock();

	private volatile boolean started;

	private volatile @Nullable String failure;

	/** Whether the container has given the request up. */
	private volatile boolean ended;

	private volatile @Nullable AsyncContext context;

	private volatile @Nullable ServletOutputStream output;

	// used only by whoever answers a signal

	private boolean preludeDue;

	private boolean unflushed;

	private @Nullable String frame;

	private long sent;

	private boolean aborted;

	private boolean broken;

	private boolean over;

	XhrResponse(XhrSession session, boolean streaming) {
		this.session = session;
		this.streaming = streaming;
		this.preludeDue = streaming;
	}

	void start(HttpServletRequest request, HttpServletResponse response) throws IOException {
		try {
			AsyncContext started = request.startAsync(request, response);
			started.setTimeout(0);
			started.addListener(this);
			this.context = started;
			ServletOutputStream stream = response.getOutputStream();
			this.output = stream;
			stream.setWriteListener(this);
		}
		catch (IOException | RuntimeException ex) {
			fail("no answer could be begun: " + ex);
			throw ex;
		}
	}

	boolean isStreaming() {
		return this.streaming;
	}

	/**
	 * Something may be to be done. Does not wait.
	 */
	void signal() {
		if (this.signals.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			try {
				advance();
			}
			catch (RuntimeException | Error ex) {
				logger.error("A fault in browser-stream-server while it answered a request", ex);
			}
			seen = this.signals.addAndGet(-seen);
		}
		while (seen != 0);
	}

	void fail(String reason) {
		this.failure = reason;
		signal();
	}

	private void advance() {
		ServletOutputStream stream = this.output;
		while (!this.over) {
			if (this.failure != null) {
				abort(this.failure);
				return;
			}
			if (!this.started || stream == null) {
				return;
			}
			try {
				if (!isReady(stream) || !step(stream)) {
					return;
				}
			}
			catch (IOException | RuntimeException ex) {
				// some containers throw others when the request is gone
				this.broken = true;
				this.failure = "a request broke: " + ex;
			}
		}
	}

	/**
	 * Does one thing, after which the container must be asked again.
	 * @return whether there was anything to do
	 */
	private boolean step(ServletOutputStream stream) throws IOException {
		if (this.unflushed) {
			this.unflushed = false;
			flush(stream);
			return true;
		}
		String done = this.frame;
		if (done != null) {
			this.frame = null;
			sent(done);
			return true;
		}
		if (this.preludeDue) {
			this.preludeDue = false;
			write(stream, PRELUDE);
			return true;
		}
		String next = this.session.next(this);
		if (next == null) {
			return false;
		}
		this.frame = next;
		write(stream, (next + "\n").getBytes(StandardCharsets.UTF_8));
		return true;
	}

	private void write(ServletOutputStream stream, byte[] bytes) throws IOException {
		this.unflushed = true;
		this.sent += bytes.length;
		this.touching.lock();
		try {
			stream.write(bytes);
		}
		finally {
			this.touching.unlock();
		}
	}

	private void flush(ServletOutputStream stream) throws IOException {
		this.touching.lock();
		try {
			stream.flush();
		}
		finally {
			this.touching.unlock();
		}
	}

	private boolean isReady(ServletOutputStream stream) {
		this.touching.lock();
		try {
			return stream.isReady();
		}
		finally {
			this.touching.unlock();
		}
	}

	/**
	 * Lets whoever touches the stream leave it, before the container uses it for another
	 * request: Tomcat notes an error that a write met in the stream's response last of
	 * all, and the next request that gets that response would be taken to have failed.
	 */
	private void awaitNobodyTouches() {
		try {
			if (this.touching.tryLock(1, TimeUnit.SECONDS)) {
				this.touching.unlock();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void sent(String done) {
		if (!this.streaming || this.sent >= STREAM_LIMIT || this.session.isLast(done)) {
			// the client may come back as soon as it is complete
			this.session.detach(this);
			complete();
		}
		this.session.sent(done);
	}

	private void abort(String reason) {
		if (!this.aborted) {
			this.aborted = true;
			this.session.broken(this, reason);
		}
		if (this.broken || this.ended) {
			// the container ends it, and may use its parts for another request already
			this.over = true;
		}
		else if (!this.started || isReady()) {
			complete();
		}
		// else a write is under way, which must not be completed over: the container says
		// when it is done, or when it gives the peer up
	}

	private boolean isReady() {
		ServletOutputStream stream = this.output;
		try {
			return stream == null || isReady(stream);
		}
		catch (RuntimeException ex) {
			// some containers throw when the request is gone
			this.over = true;
			return false;
		}
	}

	private void complete() {
		this.over = true;
		completeContext();
	}

	private void completeContext() {
		AsyncContext context = this.context;
		if (context != null) {
			try {
				context.complete();
			}
			catch (RuntimeException ex) {
				logger.debug("A request was complete already: {}", ex.toString());
			}
		}
	}

	@Override
	public void onWritePossible() {
		this.started = true;
		signal();
	}

	@Override
	public void onError(Throwable throwable) {
		this.ended = true;
		awaitNobodyTouches();
		fail("a request broke: " + throwable);
		completeContext();
	}

	@Override
	public void onError(AsyncEvent event) {
		this.ended = true;
		awaitNobodyTouches();
		fail("a request broke: " + event.getThrowable());
		completeAgain(event);
	}

	/**
	 * An error in the container comes after a completion that it overtook, and makes it
	 * void; without another one there would be an error page.
	 * @param event the container's last word
	 */
	static void completeAgain(AsyncEvent event) {
		try {
			event.getAsyncContext().complete();
		}
		catch (RuntimeException ex) {
			logger.trace("A request was complete already: {}", ex.toString());
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.ended = true;
		awaitNobodyTouches();
		fail("a request was cut off");
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		this.ended = true;
		awaitNobodyTouches();
		fail("a request was not taken in time");
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
