/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * An application that uses browser-stream-server: what a user writes, with the public API
 * only.
 */
@NullMarked
package io.github.browserstreamserver.sample;

import org.jspecify.annotations.NullMarked;
