/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import io.github.browserstreamserver.stream.StreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Java code behind a path. Safe for use by several threads; does not wait.
 */
@FunctionalInterface
public interface RouteResolver {

	/** No route at all. */
	RouteResolver NONE = (path) -> null;

	/**
	 * Finds what serves a path.
	 * @param path as it was asked for
	 * @return the handler of one stream to it, or {@code null} if there is no route
	 */
	@Nullable StreamHandler resolve(String path);

}
