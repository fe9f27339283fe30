/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * The only room that sees spring-websocket. It turns WebSocket sessions into transports
 * and gives them to a dialect.
 */
@NullMarked
package io.github.browserstreamserver.websocket;

import org.jspecify.annotations.NullMarked;
