/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.route;

import java.util.Map;

/**
 * How a path matched a route's pattern. Immutable.
 *
 * @param path the path that was asked for, as it came
 * @param variables what the pattern's variables matched, decoded: for
 * {@code /rooms/{room}} and {@code /rooms/a%20b}, {@code room} is {@code a b}. What
 * {@code {*file}} matched begins with a slash
 * @param rest the path from the first segment on that is not plain in the pattern, as it
 * came, without slashes around it: for {@code /echo/*} and {@code /echo/1} it is
 * {@code 1}, for {@code /files/**} and {@code /files/a/b} it is {@code a/b}. Empty if all
 * segments of the pattern are plain
 */
public record RouteMatch(String path, Map<String, String> variables, String rest) {

	/**
	 * Creates a match.
	 * @param path the path
	 * @param variables copied
	 * @param rest the rest
	 */
	public RouteMatch {
		variables = Map.copyOf(variables);
	}

	/**
	 * Returns what one of the pattern's variables matched.
	 * @param name the variable's name
	 * @return the value
	 * @throws IllegalArgumentException if the pattern has no such variable
	 */
	public String variable(String name) {
		String value = this.variables.get(name);
		if (value == null) {
			throw new IllegalArgumentException(
					"The route has no variable '" + name + "'; it has " + this.variables.keySet());
		}
		return value;
	}

}
