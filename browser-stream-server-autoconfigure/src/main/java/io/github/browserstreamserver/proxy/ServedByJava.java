/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.StreamException;
import io.github.browserstreamserver.stream.StreamHandler;
import io.github.browserstreamserver.stream.StreamRequest;

/**
 * A stream that a {@link StreamHandler} of the application serves, and what becomes of it
 * when the handler fails.
 */
final class ServedByJava {

	private final String what;

	private final StreamHandler handler;

	private final JavaPeers peers;

	private final CallbackFailures failures;

	/**
	 * Creates what makes such streams.
	 * @param what what the handler is the handler of, for logs
	 * @param handler serves them
	 * @param peers what Java-side ends share
	 * @param failures notes what the handler throws
	 */
	ServedByJava(String what, StreamHandler handler, JavaPeers peers, CallbackFailures failures) {
		this.failures = failures;
		this.what = what;
		this.handler = handler;
		this.peers = peers;
	}

	OutgoingStream prepare(StreamRequest request) {
		return this.peers.newStream(request).proxySide(this::serve);
	}

	private void serve(JavaStream stream) {
		try {
			this.peers.handlers().execute(() -> handle(stream));
		}
		catch (RejectedExecutionException ex) {
			stream.reset(ErrorCode.LIMIT,
					"all threads that serve streams in the application are busy (java.max-handler-threads)");
		}
	}

	private void handle(JavaStream stream) {
		stream.take();
		try {
			this.handler.handle(stream);
		}
		catch (StreamException ex) {
			stream.reset(ex.code(), ex.reason());
		}
		catch (CompletionException ex) {
			fail(stream, (ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (Exception | Error ex) {
			fail(stream, ex);
		}
	}

	private void fail(JavaStream stream, Throwable ex) {
		if (ex instanceof StreamException ofStream) {
			stream.reset(ofStream.code(), ofStream.reason());
		}
		else {
			this.failures.note("The handler of " + this.what, ex);
			stream.reset(ErrorCode.INTERNAL, "the handler in the application failed");
		}
	}

}
