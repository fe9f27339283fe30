/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * The binary dialect of {@code docs/protocol.md}: its frames, and streams made of them.
 * It drives a transport and knows no socket.
 */
@NullMarked
package io.github.browserstreamserver.binary;

import org.jspecify.annotations.NullMarked;
