/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * The mux-demux dialect, which the original's clients of 2012 speak: streams as lines of
 * JSON, names and clients brought together by a dance of three kinds of stream. It is
 * described in {@code docs/original.md}. It drives a transport and knows no socket.
 */
@NullMarked
package io.github.browserstreamserver.muxdemux;

import org.jspecify.annotations.NullMarked;
