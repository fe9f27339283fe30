/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * Properties and wiring, nothing else. It may know every other package, and none of them
 * knows it.
 */
@NullMarked
package io.github.browserstreamserver.autoconfigure;

import org.jspecify.annotations.NullMarked;
