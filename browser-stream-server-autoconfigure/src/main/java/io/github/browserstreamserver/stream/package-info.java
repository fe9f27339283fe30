/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * The seam: what a stream is, whoever carries it. Everything else may know this package;
 * it knows none of the others.
 */
@NullMarked
package io.github.browserstreamserver.stream;

import org.jspecify.annotations.NullMarked;
