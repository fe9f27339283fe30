/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * The load generator: one thread, one selector, a client of WebSocket in each dialect.
 */
@NullMarked
package io.github.browserstreamserver.benchmarks.load;

import org.jspecify.annotations.NullMarked;
