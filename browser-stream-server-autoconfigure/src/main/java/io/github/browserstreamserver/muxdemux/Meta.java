/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What a stream is for, as its meta says: the three kinds of stream that the original's
 * clients open, or a route of the application. Words and prefix match in any case, a
 * slash at the end is allowed.
 *
 * @param role what the stream is for
 * @param name the server's, decoded, or the meta itself for a route. It may be one that
 * cannot be a name
 * @param client which client a host accepts, or {@code null}
 * @param opens whether the peer waits for {@code [stream-server]:open}; those before
 * version 0.4.0 do not
 */
record Meta(StreamRole role, String name, @Nullable String client, boolean opens) {

	/**
	 * Reads metas.
	 */
	static final class Reader {

		/** The ids of the clients up to 0.3.1. */
		private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

		private final Pattern server;

		private final Pattern accept;

		private final Pattern client;

		/**
		 * Creates a reader.
		 * @param prefixes what metas for the proxy begin with
		 */
		Reader(Collection<String> prefixes) {
			String prefix = prefixes.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
			this.server = pattern(prefix + "/server/(?<name>[^/]+)/?");
			this.accept = pattern(prefix + "/server/(?<name>[^/]+)/client/(?<client>[^/]+)(?<rack>/[^/]+)?/?");
			// in the name of a client that has slashes, what follows the first counts as
			// its id
			this.client = pattern(prefix + "/client/(?<name>[^/]+)/(?<client>.+?)/?");
		}

		private static Pattern pattern(String regex) {
			return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
		}

		/**
		 * Reads a meta.
		 * @param meta the text
		 * @return what it says
		 */
		Meta read(String meta) {
			Matcher matcher = this.server.matcher(meta);
			if (matcher.matches()) {
				return proxy(StreamRole.LISTEN, matcher, null, false);
			}
			matcher = this.accept.matcher(meta);
			if (matcher.matches()) {
				return proxy(StreamRole.ACCEPT, matcher, matcher.group("client"), matcher.group("rack") != null);
			}
			matcher = this.client.matcher(meta);
			if (matcher.matches()) {
				return proxy(StreamRole.CONNECT, matcher, null, !UUID.matcher(matcher.group("client")).matches());
			}
			return new Meta(StreamRole.ROUTE, meta, null, false);
		}

		private static Meta proxy(StreamRole role, Matcher matcher, @Nullable String client, boolean opens) {
			String raw = matcher.group("name");
			String name = decoded(raw);
			return (name != null) ? new Meta(role, name, client, opens) : new Meta(StreamRole.NONE, raw, client, opens);
		}

		/**
		 * Decodes as the original does, with {@code decodeURIComponent}.
		 */
		private static @Nullable String decoded(String raw) {
			byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
			ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
			for (int index = 0; index < bytes.length; index++) {
				if (bytes[index] != '%') {
					decoded.put(bytes[index]);
					continue;
				}
				int high = hexDigit(bytes, index + 1);
				int low = hexDigit(bytes, index + 2);
				if (high < 0 || low < 0) {
					return null;
				}
				decoded.put((byte) (high << 4 | low));
				index += 2;
			}
			try {
				return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
			}
			catch (CharacterCodingException ex) {
				return null;
			}
		}

		private static int hexDigit(byte[] bytes, int index) {
			boolean is = index < bytes.length && HexFormat.isHexDigit(bytes[index]);
			return is ? HexFormat.fromHexDigit(bytes[index]) : -1;
		}

	}

}
