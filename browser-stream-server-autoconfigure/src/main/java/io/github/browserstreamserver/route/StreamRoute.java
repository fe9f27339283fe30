/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.route;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * A path to which tabs open streams with {@code mdm.createStream("/echo/1")}, from the
 * new client and the original's alike. Declare one as a bean:
 *
 * <pre class="code">
 * &#064;Bean
 * StreamRoute echo() {
 *     return new StreamRoute("/echo/*", (stream, match) -&gt; {
 *         stream.send(match.rest());
 *         stream.end();
 *     });
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

	/** With or without a star, and with or without a condition. */
	private static final Pattern VARIABLE = Pattern.compile("\\{(\\*?)[^{}:]*((?::[^{}]*)?)\\}");

	static {
		PARSER.setCaseSensitive(false);
	}

	private final String text;

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
		this.text = pattern;
		this.pattern = parse(pattern);
	}

	private static PathPattern parse(String pattern) {
		if (!pattern.startsWith("/")) {
			throw notARoute(pattern, "it must begin with a slash, for example '/echo/*'");
		}
		if (pattern.contains("/:")) {
			throw notARoute(pattern, "a variable is written '{room}' here, not ':room'");
		}
		boolean slashAtEnd = pattern.length() > 1 && pattern.endsWith("/");
		try {
			return PARSER.parse(slashAtEnd ? pattern.substring(0, pattern.length() - 1) : pattern);
		}
		catch (PatternParseException ex) {
			// not as the cause: what Boot says to that is of no use here
			throw notARoute(pattern, ex.toDetailedString());
		}
	}

	private static IllegalArgumentException notARoute(String pattern, String reason) {
		return new IllegalArgumentException("'" + pattern + "' cannot be a route: " + reason);
	}

	/**
	 * Returns which paths it is for.
	 * @return the pattern, as it was given
	 */
	public String pattern() {
		return this.text;
	}

	/**
	 * Returns what is the same for two routes that no path could tell apart.
	 */
	String signature() {
		return VARIABLE.matcher(this.pattern.getPatternString()).replaceAll("{$1$2}").toLowerCase(Locale.ROOT);
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
		Map<String, String> variables = new HashMap<>(info.getUriVariables());
		variables.replaceAll((name, value) -> StreamRoutes.unmasked(value));
		String rest = this.pattern.hasPatternSyntax() ? this.pattern.extractPathWithinPattern(parsed).value() : "";
		return new RouteMatch(path, variables, StreamRoutes.unmasked(rest));
	}

	@Override
	public String toString() {
		return "stream route " + pattern();
	}

}
