/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.Peer;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamException;
import io.github.browserstreamserver.stream.StreamHandler;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;

/**
 * Java code that listens on a name: towards the proxy a peer to open streams to, and the
 * end of the control stream that stands for the name.
 */
final class JavaHost implements Peer, StreamEnd, ListeningServer {

	private final String name;

	private final ServedByJava served;

	private final JavaPeers peers;

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private volatile StreamEnd lease = StreamEnd.NOWHERE;

	private volatile @Nullable StreamException end;

	JavaHost(String name, StreamHandler handler, JavaPeers peers) {
		this.name = name;
		this.served = new ServedByJava("the stream server '" + name + "'", handler, peers,
				CallbackFailures.ofHandlers());
		this.peers = peers;
	}

	// --- the peer

	@Override
	public OutgoingStream prepare(StreamRequest request) {
		return this.served.prepare(request);
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
