/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.util.concurrent.TimeUnit;

/**
 * How much a peer may send in the long run. It may be ahead by a second's worth. A
 * dialect with credit grants no more than what is left; one without counts what came, and
 * reads no further when nothing is. Guarded by the connection's lock.
 */
public final class ByteRate {

	private final long perSecond;

	/** What may come; below zero when more came than was asked for. */
	private long left;

	private long filled;

	/**
	 * Begins with a second's worth.
	 * @param perSecond bytes a second
	 * @param now the time in nanoseconds
	 */
	public ByteRate(long perSecond, long now) {
		this.perSecond = perSecond;
		this.left = perSecond;
		this.filled = now;
	}

	/**
	 * Time went by.
	 * @param now the time in nanoseconds
	 */
	public void fill(long now) {
		double seconds = (double) (now - this.filled) / TimeUnit.SECONDS.toNanos(1);
		this.left = Math.min(this.perSecond, this.left + (long) (seconds * this.perSecond));
		this.filled = now;
	}

	/**
	 * Takes what nobody was asked for: what a new stream begins with, or what came in.
	 * @param bytes how much
	 */
	public void force(int bytes) {
		this.left -= bytes;
	}

	/**
	 * Takes what is to be granted.
	 * @param bytes how much would be good
	 * @return how much may be, 0 if none for now
	 */
	public int take(int bytes) {
		int taken = (int) Math.max(0, Math.min(bytes, this.left));
		this.left -= taken;
		return taken;
	}

	/**
	 * Tells whether nothing may come for now.
	 * @return whether it is used up
	 */
	public boolean isSpent() {
		return this.left < 0;
	}

	/**
	 * Tells whether so much came that a peer that cannot be held back is to go.
	 * @return whether it is ahead by two seconds' worth
	 */
	public boolean isFarSpent() {
		return this.left < -this.perSecond;
	}

}
