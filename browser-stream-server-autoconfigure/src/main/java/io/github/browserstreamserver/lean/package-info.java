/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * The lean transport: WebSocket (RFC 6455) for our dialect alone, on sockets that Tomcat
 * has accepted and upgraded. Beside Tomcat's own WebSocket engine it reads into buffers
 * that a thread has and not a connection, unmasks in place, and writes from the thread
 * that has something to write.
 */
@NullMarked
package io.github.browserstreamserver.lean;

import org.jspecify.annotations.NullMarked;
