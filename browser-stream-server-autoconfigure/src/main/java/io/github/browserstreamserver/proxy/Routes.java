/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamHandler;
import io.github.browserstreamserver.stream.StreamRequest;

/**
 * Joins streams that ask for a path with the application's code behind it.
 */
final class Routes {

	private final RouteResolver resolver;

	private final JavaPeers peers;

	private final CallbackFailures failures = CallbackFailures.ofHandlers();

	Routes(RouteResolver resolver, JavaPeers peers) {
		this.resolver = resolver;
		this.peers = peers;
	}

	/**
	 * Joins a stream with a handler, or resets it.
	 * @param request with the path
	 * @param end the end of whoever asks
	 */
	void accept(StreamRequest request, StreamEnd end) {
		String path = request.target();
		StreamHandler handler = this.resolver.resolve(path);
		if (handler == null) {
			end.reset(ErrorCode.NO_SUCH_ROUTE, "the application has no route '" + path + "'");
			return;
		}
		OutgoingStream served = new ServedByJava("the route of '" + path + "'", handler, this.peers, this.failures)
			.prepare(request);
		served.join(end);
		end.join(served);
		served.start();
	}

}
