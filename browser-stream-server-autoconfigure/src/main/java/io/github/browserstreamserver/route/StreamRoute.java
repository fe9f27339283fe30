/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.route;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * A path to which tabs open streams, with {@code mdm.createStream("/echo/1")} or as a
 * client of the original does. Declare one as a bean:
 *
 * <pre class="code">
 * &#064;Bean
 * StreamRoute echo() {
 *     return new StreamRoute("/echo/*", (stream, match) -&gt; stream.send(Message.text(match.rest())));
 * }
 * </pre>
 *
 * The pattern is one of Spring MVC: <code>/rooms/{room}</code>, <code>/files/**</code>,
 * <code>/files/{*file}</code>. As in the original's stream-router, it matches in any
 * case, and a slash at the end of the path does not matter. Of several that match, the
 * most specific is taken. Immutable.
 */
public final class StreamRoute {

	private static final PathPatternParser PARSER = new PathPatternParser();

	static {
		PARSER.setCaseSensitive(false);
	}

	private final PathPattern pattern;

	private final RouteHandler handler;

	/**
	 * Creates a route.
	 * @param pattern which paths, beginning with a slash
	 * @param handler serves the streams
	 * @throws IllegalArgumentException if the pattern is none
	 */
	public StreamRoute(String pattern, RouteHandler handler) {
		Objects.requireNonNull(pattern, "'pattern' must not be null");
		this.handler = Objects.requireNonNull(handler, "'handler' must not be null");
		if (!pattern.startsWith("/")) {
			throw new IllegalArgumentException(
					"'" + pattern + "' cannot be a route: it must begin with a slash, for example '/echo/*'");
		}
		try {
			this.pattern = PARSER.parse(pattern);
		}
		catch (PatternParseException ex) {
			throw new IllegalArgumentException("'" + pattern + "' cannot be a route: " + ex.toDetailedString(), ex);
		}
	}

	/**
	 * Returns which paths it is for.
	 * @return the pattern, as it was given
	 */
	public String pattern() {
		return this.pattern.getPatternString();
	}

	PathPattern parsed() {
		return this.pattern;
	}

	RouteHandler handler() {
		return this.handler;
	}

	/**
	 * Matches a path.
	 * @param path the path as it came
	 * @param parsed the path in its segments
	 * @return the match, or {@code null} if it is not for this route
	 */
	@Nullable RouteMatch match(String path, PathContainer parsed) {
		PathPattern.PathMatchInfo info = this.pattern.matchAndExtract(parsed);
		if (info == null) {
			return null;
		}
		Map<String, String> variables = info.getUriVariables();
		String rest = this.pattern.hasPatternSyntax() ? this.pattern.extractPathWithinPattern(parsed).value() : "";
		return new RouteMatch(path, variables, rest);
	}

	@Override
	public String toString() {
		return "stream route " + pattern();
	}

}
