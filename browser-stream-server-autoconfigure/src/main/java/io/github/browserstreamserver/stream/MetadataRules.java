/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * What can be the metadata of a stream: one JSON value, small and not too deep, so that
 * whoever gets it can read it. Java code is bound by it as any peer, since a host in a
 * tab would have to refuse what it lets through.
 */
public final class MetadataRules {

	/** The longest metadata in bytes of UTF-8. */
	public static final int MAX_BYTES = 4_096;

	/** How deep arrays and objects may be nested. */
	public static final int MAX_DEPTH = 100;

	private static final JsonFactory JSON = JsonFactory.builder()
		.streamReadConstraints(
				StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(MAX_BYTES).build())
		// else Jackson keeps the names in objects, which peers choose, beyond their
		// parser
		.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
		.build();

	private MetadataRules() {
	}

	/**
	 * Judges a text.
	 * @param json what is to be metadata
	 * @return what is wrong with it, to be put behind "the metadata", or {@code null} if
	 * it can be
	 */
	public static @Nullable String fault(String json) {
		// each character is a byte at least
		int length = (json.length() > MAX_BYTES) ? json.length() : json.getBytes(StandardCharsets.UTF_8).length;
		if (length > MAX_BYTES) {
			return tooLong(length);
		}
		return isOneJsonValue(json) ? null : notJson();
	}

	/**
	 * Says that metadata is too long.
	 * @param length how long
	 * @return what is wrong with it
	 */
	public static String tooLong(int length) {
		return "has " + length + " bytes; at most " + MAX_BYTES + " are allowed";
	}

	/**
	 * Says that metadata is something else.
	 * @return what is wrong with it
	 */
	public static String notJson() {
		return "is not one JSON value of at most " + MAX_DEPTH + " levels in UTF-8";
	}

	private static boolean isOneJsonValue(String text) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
			int depth = 0;
			int values = 0;
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token.isStructStart()) {
					depth++;
				}
				else if (token.isStructEnd()) {
					depth--;
				}
				if (depth == 0) {
					values++;
				}
			}
			return values == 1;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

}
