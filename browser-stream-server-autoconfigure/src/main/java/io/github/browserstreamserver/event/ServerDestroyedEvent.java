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
 * {@link ServerCreatedEvent}. The host has lost the name before that; others can have it
 * from then on, but only when {@code names.grace} is over if the host's line broke
 * ({@link DestroyReason#HOST_GONE}), as it may come back. Immutable.
 *
 * @param name the name
 * @param at when it was given up or lost
 * @param reason why
 */
public record ServerDestroyedEvent(String name, Instant at, DestroyReason reason) {

	/** What the original called this event. */
	public static final String TYPE = "server.destroyed";

}
