/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The hosts that wait for a client, by name; what every simple relay needs.
 *
 * @param <T> a connection
 */
final class Names<T> {

	private static final String PARAMETER = "name=";

	private final Map<String, Deque<T>> waiting = new ConcurrentHashMap<>();

	static boolean isHost(URI uri) {
		return uri.getPath().startsWith("/host");
	}

	static String name(URI uri) {
		String query = uri.getQuery();
		return (query != null && query.startsWith(PARAMETER)) ? query.substring(PARAMETER.length()) : "";
	}

	void add(String name, T host) {
		this.waiting.compute(name, (key, hosts) -> {
			Deque<T> all = (hosts != null) ? hosts : new ArrayDeque<>();
			all.add(host);
			return all;
		});
	}

	/**
	 * Takes a host that waits.
	 * @param name its name
	 * @return the host, or {@code null} if none waits
	 */
	@Nullable T take(String name) {
		Object[] taken = new Object[1];
		this.waiting.computeIfPresent(name, (key, hosts) -> {
			taken[0] = hosts.poll();
			return hosts.isEmpty() ? null : hosts;
		});
		@SuppressWarnings("unchecked")
		T host = (T) taken[0];
		return host;
	}

	void remove(String name, T host) {
		this.waiting.computeIfPresent(name, (key, hosts) -> {
			hosts.remove(host);
			return hosts.isEmpty() ? null : hosts;
		});
	}

}
