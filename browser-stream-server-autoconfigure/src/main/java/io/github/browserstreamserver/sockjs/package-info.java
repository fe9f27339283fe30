/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * SockJS and plain WebSocket text for a dialect that speaks text: Spring's SockJS support
 * finds the way to a session, and the sessions here send and receive without waiting for
 * a peer.
 */
@NullMarked
package io.github.browserstreamserver.sockjs;

import org.jspecify.annotations.NullMarked;
