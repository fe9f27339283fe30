/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * The relays that are compared, each a program of its own.
 */
@NullMarked
package io.github.browserstreamserver.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
