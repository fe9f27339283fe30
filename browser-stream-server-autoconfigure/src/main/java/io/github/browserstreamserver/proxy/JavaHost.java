/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.Peer;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamException;
import io.github.browserstreamserver.stream.StreamHandler;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Java code that listens on a name: towards the proxy a peer to open streams to, and the
 * end of the control stream that stands for the name.
 */
final class JavaHost implements Peer, StreamEnd, ListeningServer {

	private static final Logger logger = LoggerFactory.getLogger(JavaHost.class);

	private final String name;

	private final StreamHandler handler;

	private final JavaPeers peers;

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private volatile StreamEnd lease = StreamEnd.NOWHERE;

	private volatile @Nullable StreamException end;

	JavaHost(String name, StreamHandler handler, JavaPeers peers) {
		this.name = name;
		this.handler = handler;
		this.peers = peers;
	}

	// --- the peer

	@Override
	public OutgoingStream prepare(StreamRequest request) {
		return this.peers.newStream(request).proxySide(this::serve);
	}

	private void serve(JavaStream stream) {
		try {
			this.peers.handlers().execute(() -> handle(stream));
		}
		catch (RejectedExecutionException ex) {
			stream.reset(ErrorCode.LIMIT, "all threads that serve streams in the application are busy");
		}
	}

	private void handle(JavaStream stream) {
		try {
			this.handler.handle(stream);
		}
		catch (StreamException ex) {
			stream.reset(ex.code(), String.valueOf(ex.getMessage()));
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
			stream.reset(ofStream.code(), String.valueOf(ofStream.getMessage()));
		}
		else {
			logger.warn("The handler of the stream server '{}' failed; its stream is reset", this.name, ex);
			stream.reset(ErrorCode.INTERNAL, "the handler in the application failed");
		}
	}

	// --- the control stream

	@Override
	public void join(StreamEnd other) {
		this.lease = other;
	}

	@Override
	public void end() {
		executeClosed();
	}

	@Override
	public void reset(ErrorCode code, String reason) {
		this.end = new StreamException(code, reason);
		executeClosed();
	}

	/**
	 * Returns why the name was not given to it.
	 * @return the reason, if there is one
	 */
	@Nullable StreamException refusal() {
		return this.end;
	}

	private void executeClosed() {
		Executor callbacks = this.peers.callbacks();
		callbacks.execute(() -> this.closed.complete(null));
	}

	// --- the user's handle

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public CompletableFuture<Void> closed() {
		return this.closed.copy();
	}

	@Override
	public void close() {
		this.lease.end();
	}

}
