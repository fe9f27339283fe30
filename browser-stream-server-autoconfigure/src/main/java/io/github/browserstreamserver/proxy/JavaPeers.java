/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.concurrent.Executor;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.StreamRequest;

/**
 * What all Java-side ends of streams share.
 *
 * @param budget what is held for them is reserved there
 * @param maxMessage the largest message that they take, in bytes
 * @param handlers runs handlers, which may wait
 * @param callbacks completes futures; must take every task
 */
record JavaPeers(Budget budget, int maxMessage, Executor handlers, Executor callbacks) {

	JavaStream newStream(StreamRequest request) {
		return new JavaStream(request, this.budget, this.maxMessage, this.callbacks);
	}

}
