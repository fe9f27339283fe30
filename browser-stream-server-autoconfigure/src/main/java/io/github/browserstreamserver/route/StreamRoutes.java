/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.browserstreamserver.proxy.RouteResolver;
import io.github.browserstreamserver.stream.StreamHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The application's routes, the most specific first. They are asked for when the first is
 * needed, so that a route may need the registry that needs this. Safe for use by several
 * threads.
 */
public final class StreamRoutes implements RouteResolver {

	/**
	 * In addresses a semicolon begins parameters of a segment; in these paths it is text.
	 */
	private static final char MASKED_SEMICOLON = '\uFDD0';

	private final Supplier<Stream<StreamRoute>> source;

	private volatile @Nullable List<StreamRoute> routes;

	/**
	 * Creates the routes.
	 * @param source the application's
	 */
	public StreamRoutes(Supplier<Stream<StreamRoute>> source) {
		this.source = source;
	}

	/**
	 * Returns the routes, and finds them first if need be.
	 * @return the most specific first
	 * @throws IllegalStateException if two are for the same paths
	 */
	public List<StreamRoute> all() {
		List<StreamRoute> found = this.routes;
		if (found == null) {
			found = this.source.get()
				.sorted((one, other) -> PathPattern.SPECIFICITY_COMPARATOR.compare(one.parsed(), other.parsed()))
				.toList();
			checkDistinct(found);
			this.routes = found;
		}
		return found;
	}

	private static void checkDistinct(List<StreamRoute> routes) {
		Map<String, StreamRoute> seen = new HashMap<>();
		for (StreamRoute route : routes) {
			StreamRoute same = seen.put(route.signature(), route);
			if (same != null) {
				throw new IllegalStateException(
						"Two StreamRoute beans are for the same paths: '" + same.pattern() + "' and '" + route.pattern()
								+ "'; a path can have one handler only, so give one of them another pattern");
			}
		}
	}

	@Override
	public @Nullable StreamHandler resolve(String path) {
		PathContainer parsed = parse(path);
		if (parsed == null) {
			return null;
		}
		for (StreamRoute route : all()) {
			RouteMatch match = route.match(path, parsed);
			if (match != null) {
				return (stream) -> route.handler().handle(stream, match);
			}
		}
		return null;
	}

	static String unmasked(String text) {
		return text.replace(MASKED_SEMICOLON, ';');
	}

	private static @Nullable PathContainer parse(String path) {
		if (!path.startsWith("/")) {
			return null;
		}
		String masked = path.replace(';', MASKED_SEMICOLON);
		boolean slashAtEnd = path.length() > 1 && path.endsWith("/");
		try {
			return PathContainer.parsePath(slashAtEnd ? masked.substring(0, masked.length() - 1) : masked);
		}
		catch (IllegalArgumentException ex) {
			// a bad escape
			return null;
		}
	}

}
