/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.time.Duration;

/**
 * How long the sessions that are carried by HTTP requests wait.
 *
 * @param patience for how long a client may be away before its session ends, and for how
 * long an ended one remembers how to say so
 * @param beat how often a request that streams gets a frame when there is nothing else
 * @param sweep how often sessions are looked at
 */
record XhrTimes(Duration patience, Duration beat, Duration sweep) {

	static final XhrTimes DEFAULTS = new XhrTimes(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(1));

}
