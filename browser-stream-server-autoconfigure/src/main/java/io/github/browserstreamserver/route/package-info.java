/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * Streams to paths of the application, beside the names: the original's stream-router.
 */
@NullMarked
package io.github.browserstreamserver.route;

import org.jspecify.annotations.NullMarked;
