/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.time.Duration;

/**
 * How long clients wait for a name that nobody has, and a name for an owner whose line
 * broke.
 *
 * @param hold how long a stream to a name that nobody listens on waits for somebody who
 * does; zero to reset it at once
 * @param grace how long a name is kept for its owner, zero for not at all
 * @param mostWaiting how many streams, and how many names, may wait at a time
 */
public record NamePatience(Duration hold, Duration grace, int mostWaiting) {

	/** Nobody waits. */
	public static final NamePatience NONE = new NamePatience(Duration.ZERO, Duration.ZERO, 0);

}
