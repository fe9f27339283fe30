/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * Names, who owns them, and the joining of two streams. It sees only streams, so it
 * cannot tell a browser tab from a Java program.
 */
@NullMarked
package io.github.browserstreamserver.proxy;

import org.jspecify.annotations.NullMarked;
