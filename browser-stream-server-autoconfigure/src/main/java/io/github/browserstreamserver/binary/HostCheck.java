/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

/**
 * The PING that a silent host has to answer by its own code, and how far it has come.
 * Guarded by the connection's lock.
 * <p>
 * The host's time to answer begins when the PING has arrived, not when it is sent: on a
 * slow line it stands behind what was sent before. That it has arrived is told by the
 * answer to a ping of WebSocket behind it, which a browser gives by itself.
 */
final class HostCheck {

	private enum Stage {

		/** The host was heard, so there is nothing to ask. */
		NONE,

		/** The PING waits to be sent. */
		QUEUED,

		/** The PING has left. */
		SENT,

		/** A ping of WebSocket follows it. */
		FOLLOWED,

		/** The PING has reached the host. */
		ARRIVED

	}

	private Stage stage = Stage.NONE;

	/** The batch in which the PING leaves, counted from the connection's beginning. */
	private long batch;

	private long arrivedAt;

	/**
	 * A frame came from the host: whatever it was asked, its code runs.
	 */
	void heard() {
		this.stage = Stage.NONE;
	}

	boolean isAsked() {
		return this.stage != Stage.NONE;
	}

	/**
	 * A PING was queued.
	 * @param inBatch the batch in which it leaves
	 */
	void queued(long inBatch) {
		this.stage = Stage.QUEUED;
		this.batch = inBatch;
	}

	/**
	 * Batches were handed to the network.
	 * @param completed how many so far
	 */
	void wrote(long completed) {
		if (this.stage == Stage.QUEUED && completed >= this.batch) {
			this.stage = Stage.SENT;
		}
	}

	boolean isToBeFollowed() {
		return this.stage == Stage.SENT;
	}

	/**
	 * A ping of WebSocket is sent behind the PING.
	 */
	void followed() {
		if (this.stage == Stage.SENT) {
			this.stage = Stage.FOLLOWED;
		}
	}

	/**
	 * The ping of WebSocket was answered, or none could be sent, so that nothing better
	 * is known about the PING than that it has left.
	 * @param now the time in nanoseconds
	 */
	void arrived(long now) {
		if (this.stage == Stage.SENT || this.stage == Stage.FOLLOWED) {
			this.stage = Stage.ARRIVED;
			this.arrivedAt = now;
		}
	}

	/**
	 * Tells whether the host has had time to answer, and has not.
	 * @param now the time in nanoseconds
	 * @param time how long it has
	 * @return whether it failed to answer
	 */
	boolean isUnanswered(long now, long time) {
		return this.stage == Stage.ARRIVED && now - this.arrivedAt >= time;
	}

}
