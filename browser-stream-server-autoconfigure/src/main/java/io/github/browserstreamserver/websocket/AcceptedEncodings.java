/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.util.StringUtils;

/**
 * What a request's {@code Accept-Encoding} says. Spring's {@code EncodedResourceResolver}
 * does not look at the weights: for it, {@code br;q=0} asks for brotli.
 */
final class AcceptedEncodings {

	private static final String IDENTITY = "identity";

	private static final String ANY = "*";

	private static final Pattern ELEMENT = Pattern
		.compile("([!#$%&'*+.^_`|~0-9a-z-]+)(?:[ \t]*;[ \t]*q=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?))?");

	private final Map<String, Double> weights;

	private AcceptedEncodings(Map<String, Double> weights) {
		this.weights = weights;
	}

	/**
	 * Reads the header. An element that is malformed counts as if it were not there.
	 * @param headers the values of the header, each of which may be a list
	 * @return what they accept
	 */
	static AcceptedEncodings of(Collection<String> headers) {
		Map<String, Double> weights = new HashMap<>();
		for (String header : headers) {
			for (String element : StringUtils.tokenizeToStringArray(header.toLowerCase(Locale.ROOT), ",")) {
				Matcher matcher = ELEMENT.matcher(element);
				if (matcher.matches()) {
					String weight = matcher.group(2);
					weights.put(matcher.group(1), (weight != null) ? Double.parseDouble(weight) : 1.0);
				}
			}
		}
		return new AcceptedEncodings(Collections.unmodifiableMap(weights));
	}

	/**
	 * Those of some encodings that the request accepts and prefers to no encoding.
	 * @param available the encodings that there are, the best first
	 * @return the request's favourite first; of those with the same weight, the better
	 * one
	 */
	List<String> preferred(List<String> available) {
		// Without "identity" by name, any encoding that is asked for is as good or
		// better.
		double identity = this.weights.getOrDefault(IDENTITY, 0.0);
		return available.stream()
			.filter((encoding) -> weight(encoding) > 0 && weight(encoding) >= identity)
			.sorted(Comparator.comparingDouble(this::weight).reversed())
			.toList();
	}

	private double weight(String encoding) {
		Double weight = this.weights.get(encoding);
		return (weight != null) ? weight : this.weights.getOrDefault(ANY, 0.0);
	}

}
