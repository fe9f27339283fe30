/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.util.concurrent.TimeUnit;

/**
 * How much a peer may send in the long run: credit is granted no faster than that, so a
 * peer that would send more waits. It may be ahead by a second's worth, and by what new
 * streams begin with. Guarded by the connection's lock.
 */
final class ByteRate {

	private final long perSecond;

	/** What may be granted; below zero when new streams brought more. */
	private long left;

	private long filled;

	/**
	 * Begins with a second's worth.
	 * @param perSecond bytes a second
	 * @param now the time in nanoseconds
	 */
	ByteRate(long perSecond, long now) {
		this.perSecond = perSecond;
		this.left = perSecond;
		this.filled = now;
	}

	/**
	 * Time went by.
	 * @param now the time in nanoseconds
	 */
	void fill(long now) {
		double seconds = (double) (now - this.filled) / TimeUnit.SECONDS.toNanos(1);
		this.left = Math.min(this.perSecond, this.left + (long) (seconds * this.perSecond));
		this.filled = now;
	}

	/**
	 * A stream was opened, which begins with credit that nobody is asked for.
	 * @param bytes how much
	 */
	void force(int bytes) {
		this.left -= bytes;
	}

	/**
	 * Takes what is to be granted.
	 * @param bytes how much would be good
	 * @return how much may be, 0 if none for now
	 */
	int take(int bytes) {
		int taken = (int) Math.max(0, Math.min(bytes, this.left));
		this.left -= taken;
		return taken;
	}

}
