/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.event;

import java.time.Instant;

/**
 * {@code server.created}: somebody listens on a name. Published as a Spring application
 * event before the first stream reaches the host, exactly once for each time that a name
 * is taken. Listeners run on threads of the library: a slow one holds up the streams to
 * this name, and nothing else. Immutable.
 *
 * @param name the name
 * @param at when the host took it
 */
public record ServerCreatedEvent(String name, Instant at) {

	/** What the original called this event. */
	public static final String TYPE = "server.created";

}
