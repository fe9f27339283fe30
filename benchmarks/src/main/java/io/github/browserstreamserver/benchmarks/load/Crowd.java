/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that nobody connects to.
 */
final class Crowd {

	/** How many come at a time: less than a listening socket keeps in its queue. */
	private static final int AT_ONCE = 50;

	/** File descriptors that a process needs beside its connections. */
	private static final int OTHER_FILES = 1000;

	private static final Pattern MAX_FILES = Pattern.compile("Max open files\\s+(\\d+)");

	private final Bench bench;

	private int size;

	Crowd(Bench bench) {
		this.bench = bench;
	}

	/**
	 * Returns how many hosts the limit on open files allows.
	 * @param wanted how many there should be
	 * @param sockets how many each of them has
	 * @return as many or less
	 * @throws IOException if there is no /proc
	 */
	static int allowed(int wanted, int sockets) throws IOException {
		Matcher matcher = MAX_FILES.matcher(Files.readString(Path.of("/proc/self/limits")));
		return matcher.find() ? Math.min(wanted, (Integer.parseInt(matcher.group(1)) - OTHER_FILES) / sockets) : wanted;
	}

	void grow(int more) throws IOException {
		int wanted = this.size + more;
		while (this.size < wanted) {
			List<Adapter.Host> coming = new ArrayList<>();
			while (coming.size() < AT_ONCE && this.size < wanted) {
				coming.add(this.bench.adapter.host("idle" + this.size++, 1, () -> {
					throw new IllegalStateException("nobody connects to an idle host");
				}));
			}
			this.bench.loop.await("idle hosts", () -> coming.stream().allMatch(Adapter.Host::isReady));
		}
	}

}
