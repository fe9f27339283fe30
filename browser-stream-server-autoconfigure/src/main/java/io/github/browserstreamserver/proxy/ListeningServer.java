/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.concurrent.CompletableFuture;

/**
 * A name that Java code listens on, from {@link ProxyRegistry#listen}. Safe for use by
 * several threads.
 */
public interface ListeningServer extends AutoCloseable {

	/**
	 * Returns the name.
	 * @return the name
	 */
	String name();

	/**
	 * Completes when the name is no longer listened on, whoever caused that.
	 * @return a future that never fails
	 */
	CompletableFuture<Void> closed();

	/**
	 * Gives the name up and ends its streams. A second call has no effect.
	 */
	@Override
	void close();

}
