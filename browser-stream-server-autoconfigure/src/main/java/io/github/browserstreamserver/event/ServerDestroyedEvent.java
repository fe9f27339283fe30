/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.event;

import java.time.Instant;

import io.github.browserstreamserver.proxy.DestroyReason;

/**
 * {@code server.destroyed}: nobody listens on a name any more, or somebody else does from
 * now on. Published as a Spring application event, exactly once behind each
 * {@link ServerCreatedEvent}; the name itself is free before that. Immutable.
 *
 * @param name the name
 * @param at when it was given up or lost
 * @param reason why
 */
public record ServerDestroyedEvent(String name, Instant at, DestroyReason reason) {

	/** What the original called this event. */
	public static final String TYPE = "server.destroyed";

}
