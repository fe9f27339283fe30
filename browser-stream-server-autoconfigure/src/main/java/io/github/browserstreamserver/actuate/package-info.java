/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * The actuator endpoint: what operators can see of the proxy, as copies of values.
 */
@NullMarked
package io.github.browserstreamserver.actuate;

import org.jspecify.annotations.NullMarked;
