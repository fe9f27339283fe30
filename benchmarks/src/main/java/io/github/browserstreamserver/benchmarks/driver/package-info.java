/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * Starts relays and the load generator, a core for each, and gathers what they cost.
 */
@NullMarked
package io.github.browserstreamserver.benchmarks.driver;

import org.jspecify.annotations.NullMarked;
