/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.fuzz;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/**
 * How much a piece of code allocates, to see that it is no more than what came in
 * deserves.
 */
public final class Allocation {

	/** What is allowed whatever comes in: a few objects, and an exception. */
	private static final int ANYWAY = 6_144;

	/** What is allowed for each byte that came in, if it came alone. */
	private static final int PER_BYTE = 96;

	/** The first time classes are loaded, which allocates more. */
	private static final int ATTEMPTS = 5;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private Allocation() {
	}

	/**
	 * Fails if code that reads bytes allocates more than they can be the reason for.
	 * @param bytes how many came in
	 * @param code reads them, the same each time
	 */
	public static void check(int bytes, Runnable code) {
		long bound = ANYWAY + (long) PER_BYTE * bytes;
		long allocated = Long.MAX_VALUE;
		for (int attempt = 0; attempt < ATTEMPTS && allocated > bound; attempt++) {
			long before = THREADS.getCurrentThreadAllocatedBytes();
			code.run();
			allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
		}
		if (allocated > bound) {
			throw new AssertionError(bytes + " bytes came in, and " + allocated + " were allocated");
		}
	}

}
