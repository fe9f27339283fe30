/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * What came out: samples, their medians, and the files that show them.
 */
@NullMarked
package io.github.browserstreamserver.benchmarks.report;

import org.jspecify.annotations.NullMarked;
