/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * What the browser client costs a page, beside a raw WebSocket of the same page: the
 * page, the ends that it talks to, and the Chromium that shows it.
 */
@NullMarked
package io.github.browserstreamserver.benchmarks.page;

import org.jspecify.annotations.NullMarked;
