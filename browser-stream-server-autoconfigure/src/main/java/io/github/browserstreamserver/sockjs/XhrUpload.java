/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import io.github.browserstreamserver.transport.Connection;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;

/**
 * A request that brings messages. Its body is read when the container has some of it, so
 * that one without an end needs no thread and no memory. It is answered only when the
 * session is not suspended, and clients send the next after the answer. A wrong body is
 * only refused, but if some of it was given to the connection already, that is closed.
 */
final class XhrUpload implements ReadListener, AsyncListener {

	private static final Logger logger = LoggerFactory.getLogger(XhrUpload.class);

	private static final int PART_SIZE = 4096;

	private static final long TIMEOUT = TimeUnit.MINUTES.toMillis(2);

	private final XhrReading reading;

	private final Connection connection;

	private final Utf8Output output;

	private final MessageUnframer unframer;

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
		.onMalformedInput(CodingErrorAction.REPLACE)
		.onUnmappableCharacter(CodingErrorAction.REPLACE);

	private final ByteBuffer bytes = ByteBuffer.allocate(PART_SIZE);

	private final CharBuffer characters = CharBuffer.allocate(PART_SIZE);

	private @Nullable AsyncContext context;

	/**
	 * Held while the request is looked after: by the container, or by who answers late.
	 */
	private final ReentrantLock turn = new ReentrantLock();

	private final AtomicBoolean waiting = new AtomicBoolean();

	private boolean passed;

	private boolean over;

	XhrUpload(XhrReading reading, Connection connection) {
		this.reading = reading;
		this.connection = connection;
		this.output = new Utf8Output(this::pass);
		this.unframer = new MessageUnframer(this.output);
	}

	private void pass(ByteBuffer text) {
		this.passed = true;
		this.connection.received(text, true);
	}

	void start(HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.turn.lock();
		try {
			ServletInputStream body = request.getInputStream();
			AsyncContext started = request.startAsync(request, response);
			started.setTimeout(TIMEOUT);
			started.addListener(this);
			this.context = started;
			if (this.reading.isOver()) {
				// since it began; whoever said so found nothing yet to answer
				sessionEnded();
			}
			else if (body.isFinished()) {
				// there is none, and not every container calls for that
				onAllDataRead();
			}
			else {
				body.setReadListener(this);
			}
		}
		catch (IOException | RuntimeException ex) {
			release();
			throw ex;
		}
		finally {
			this.turn.unlock();
		}
	}

	@Override
	public void onDataAvailable() throws IOException {
		this.turn.lock();
		try {
			AsyncContext context = this.context;
			if (context != null) {
				read(context.getRequest().getInputStream());
			}
		}
		finally {
			this.turn.unlock();
		}
	}

	private void read(ServletInputStream body) throws IOException {
		while (!this.over && !body.isFinished() && body.isReady()) {
			int length = body.read(this.bytes.array(), this.bytes.position(), this.bytes.remaining());
			if (length < 0) {
				return;
			}
			this.bytes.position(this.bytes.position() + length);
			if (!decode(false)) {
				refuse("Broken JSON encoding.");
			}
		}
	}

	/**
	 * Tells whether the answer is to come later, because the session is suspended.
	 */
	private boolean waits() {
		if (!this.reading.isSuspended()) {
			return false;
		}
		this.waiting.set(true);
		// it may have been resumed in between; then one of the two answers
		return this.reading.isSuspended() || !this.waiting.compareAndSet(true, false);
	}

	/**
	 * The session is not suspended any more.
	 */
	void resumed() {
		if (this.waiting.compareAndSet(true, false)) {
			this.reading.executor().execute(this::answerAtLast);
		}
	}

	/**
	 * Nobody takes what the request brings any more.
	 */
	void sessionEnded() {
		this.turn.lock();
		try {
			AsyncContext context = this.context;
			if (!this.over && context != null && context.getResponse() instanceof HttpServletResponse response) {
				// what is left of the body is not the next request
				response.setHeader("Connection", "close");
				this.output.discard();
				answer(HttpServletResponse.SC_NOT_FOUND, "");
			}
		}
		finally {
			this.turn.unlock();
		}
	}

	private void answerAtLast() {
		this.turn.lock();
		try {
			if (!this.over) {
				answer(HttpServletResponse.SC_NO_CONTENT, "");
			}
		}
		finally {
			this.turn.unlock();
		}
	}

	private boolean decode(boolean last) {
		this.decoder.decode(this.bytes.flip(), this.characters, last);
		this.bytes.compact();
		if (last) {
			this.decoder.flush(this.characters);
		}
		boolean right = this.unframer.accept(this.characters.flip());
		this.characters.clear();
		return right;
	}

	@Override
	public void onAllDataRead() {
		this.turn.lock();
		try {
			if (!this.over) {
				finishBody();
			}
		}
		finally {
			this.turn.unlock();
		}
	}

	private void finishBody() {
		boolean right = decode(true);
		if (right && this.unframer.isBlank()) {
			refuse("Payload expected.");
		}
		else if (right && this.unframer.finish()) {
			this.output.flush();
			if (!waits()) {
				answer(HttpServletResponse.SC_NO_CONTENT, "");
			}
		}
		else {
			refuse("Broken JSON encoding.");
		}
	}

	private void refuse(String reason) {
		breakOff(reason);
		answer(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, reason);
	}

	private void breakOff(String reason) {
		this.output.discard();
		if (this.passed) {
			this.connection.unsupported(CloseStatus.BAD_DATA.getCode(), reason);
		}
	}

	private void answer(int status, String text) {
		AsyncContext context = this.context;
		if (context != null && context.getResponse() instanceof HttpServletResponse response) {
			response.setStatus(status);
			response.setContentType("text/plain;charset=UTF-8");
			try {
				if (!text.isEmpty()) {
					response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
				}
			}
			catch (IOException ex) {
				logger.debug("A client did not wait for its answer: {}", ex.toString());
			}
		}
		finish();
	}

	/**
	 * The client may send the next as soon as this is complete.
	 */
	private void finish() {
		release();
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

	private void release() {
		if (!this.over) {
			this.over = true;
			this.reading.end(this);
		}
	}

	private void cutOff() {
		this.turn.lock();
		try {
			if (!this.over) {
				breakOff("A message was cut off.");
				finish();
			}
		}
		finally {
			this.turn.unlock();
		}
	}

	@Override
	public void onError(Throwable throwable) {
		cutOff();
	}

	@Override
	public void onError(AsyncEvent event) {
		cutOff();
		XhrResponse.completeAgain(event);
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		cutOff();
	}

	@Override
	public void onComplete(AsyncEvent event) {
		cutOff();
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
