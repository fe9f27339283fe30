/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * What the application is told: immutable events that carry values, never live objects.
 */
@NullMarked
package io.github.browserstreamserver.event;

import org.jspecify.annotations.NullMarked;
