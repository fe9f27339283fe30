/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.time.Instant;

/**
 * Is told when servers come and go: for one name exactly once each and in order, also
 * when the name is taken again at once. Calls come on the threads of the executor that
 * the registry was given; those for different names may run at the same time. The first
 * stream reaches a host only after {@link #created} has returned; nothing else waits.
 */
public interface ServerListener {

	/**
	 * A host took a name.
	 * @param name the name
	 * @param at when
	 */
	void created(String name, Instant at);

	/**
	 * A host gave a name up, or lost it.
	 * @param name the name
	 * @param at when
	 * @param reason why
	 */
	void destroyed(String name, Instant at, DestroyReason reason);

}
