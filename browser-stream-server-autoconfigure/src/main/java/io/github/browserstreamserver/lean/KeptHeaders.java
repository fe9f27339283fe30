/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import org.springframework.http.HttpHeaders;

/**
 * The headers of a handshake for as long as its WebSocket lives: a copy, since the
 * container uses the request again for others, and in one piece, since hardly anybody
 * asks and thousands of connections have them. Immutable.
 */
final class KeptHeaders {

	/** Neither is in a header's name or value (RFC 9110, 5.5). */
	private static final char END_OF_NAME = '\0';

	private static final char END_OF_VALUE = '\n';

	private final String text;

	KeptHeaders(HttpHeaders headers) {
		StringBuilder builder = new StringBuilder();
		headers.forEach((name, values) -> values
			.forEach((value) -> builder.append(name).append(END_OF_NAME).append(value).append(END_OF_VALUE)));
		this.text = builder.toString();
	}

	/**
	 * Makes headers of them.
	 * @return what cannot be changed
	 */
	HttpHeaders read() {
		HttpHeaders headers = new HttpHeaders();
		int begin = 0;
		for (int end = this.text.indexOf(END_OF_VALUE); end >= 0; end = this.text.indexOf(END_OF_VALUE, begin)) {
			int name = this.text.indexOf(END_OF_NAME, begin);
			headers.add(this.text.substring(begin, name), this.text.substring(name + 1, end));
			begin = end + 1;
		}
		return HttpHeaders.readOnlyHttpHeaders(headers);
	}

}
