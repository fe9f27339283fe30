/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

/**
 * One transfer, as the page asks for it at the end of a path:
 * {@code /{direction}/{size}/{count}}.
 *
 * @param up whether the page sends; the other end says so when it has everything
 * @param size payload bytes of a message
 * @param count messages
 */
record Transfer(boolean up, int size, long count) {

	/**
	 * Reads a path.
	 * @param path the path; what comes before its last three segments does not matter
	 * @return the transfer
	 */
	static Transfer of(String path) {
		String[] segments = path.split("/");
		int last = segments.length - 1;
		return new Transfer("up".equals(segments[last - 2]), Integer.parseInt(segments[last - 1]),
				Long.parseLong(segments[last]));
	}

	long bytes() {
		return this.size * this.count;
	}

}
