/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * What carries bytes under a dialect: parts of messages in, batches of buffers out, and a
 * close with a code.
 */
@NullMarked
package io.github.browserstreamserver.transport;

import org.jspecify.annotations.NullMarked;
