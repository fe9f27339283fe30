/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * The room of binary WebSockets, over spring-websocket. It turns WebSocket sessions into
 * transports and gives them to a dialect.
 */
@NullMarked
package io.github.browserstreamserver.websocket;

import org.jspecify.annotations.NullMarked;
