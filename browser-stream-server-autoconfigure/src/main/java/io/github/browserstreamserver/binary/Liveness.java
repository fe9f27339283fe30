/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Whether a peer is still there: it must say HELLO in time, and then give a sign of life
 * now and then, for which it is asked while nothing comes from it anyway. Guarded by the
 * connection's lock.
 * <p>
 * Of a peer that hosts a name only frames count, because others depend on its code: a
 * browser answers pings of WebSocket also for a page whose code stands still. Of any
 * other peer all signs count, so that its page may sleep.
 * <p>
 * It is looked at once a second, so the next look may be one away: what must happen
 * within a time is done a second before it is over.
 */
final class Liveness {

	/** A frame that does not end is given so many times the keepalive. */
	private static final int PATIENCE = 3;

	private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

	private final BinaryLimits limits;

	private final long since;

	private final HostCheck hostCheck = new HostCheck();

	private boolean greeted;

	private boolean hosting;

	/** When something of a frame came in last. */
	private long lastFrame;

	/** When the last sign of life came, of whatever kind. */
	private long lastSign;

	/** Since when a frame waits for its end, if one does. */
	private long assemblesSince;

	private boolean assembling;

	private long lastSent;

	private long lastAsked;

	private long batches;

	private long completed;

	private boolean waited;

	/** When the peer last took something, or had nothing to take. */
	private long lastTaken;

	Liveness(BinaryLimits limits, long now) {
		this.limits = limits;
		this.since = now;
		this.lastFrame = now;
		this.lastSign = now;
		this.lastSent = now;
		this.lastAsked = now;
		this.lastTaken = now;
	}

	/**
	 * A frame came from the peer, or a part of one.
	 * @param now the time in nanoseconds
	 */
	void received(long now) {
		this.lastFrame = now;
		this.lastSign = now;
		this.hostCheck.heard();
	}

	/**
	 * The peer takes something that it did not take before.
	 * @param now the time in nanoseconds
	 */
	void alive(long now) {
		this.lastSign = now;
		this.lastTaken = now;
	}

	/**
	 * The peer answered what the transport asked, so what was sent before has arrived.
	 * @param now the time in nanoseconds
	 */
	void answered(long now) {
		alive(now);
		this.hostCheck.arrived(now);
	}

	/**
	 * Says by which rule the peer is judged from now on.
	 * @param isHosting whether it hosts a name, or asks for one
	 */
	void hosting(boolean isHosting) {
		this.hosting = isHosting;
	}

	/**
	 * Looks at what was written. A write that had to wait and then was completed is a
	 * sign of life too: somebody takes what is sent, if slowly, and an answer comes only
	 * behind all of that.
	 * @param now the time in nanoseconds
	 * @param begun how many batches were begun so far
	 * @param writing whether the last of them is under way
	 */
	void wrote(long now, long begun, boolean writing) {
		long completedNow = writing ? begun - 1 : begun;
		this.hostCheck.wrote(completedNow);
		if (this.waited && completedNow != this.completed) {
			this.lastSign = now;
		}
		if (!writing || completedNow != this.completed) {
			this.lastTaken = now;
		}
		this.waited = writing;
		this.completed = completedNow;
	}

	/**
	 * A frame has come in that is not whole.
	 * @param now the time in nanoseconds
	 */
	void assembles(long now) {
		if (!this.assembling) {
			this.assembling = true;
			this.assemblesSince = now;
		}
	}

	void assembled() {
		this.assembling = false;
	}

	void greeted() {
		this.greeted = true;
	}

	boolean isGreeted() {
		return this.greeted;
	}

	/**
	 * Tells whether the peer has failed to give a sign of life.
	 * @param now the time in nanoseconds
	 * @return what it failed to do, or {@code null}
	 */
	@Nullable String missing(long now) {
		if (!this.greeted && passed(this.since, this.limits.handshakeTimeout(), now)) {
			return "no HELLO within " + this.limits.handshakeTimeout().toMillis() + " ms";
		}
		Duration timeout = this.limits.livenessTimeout();
		if (passed(this.lastSign, timeout.minus(BETWEEN_LOOKS), now)) {
			return "no sign of life for " + timeout.toMillis() + " ms";
		}
		if (this.hosting && passed(this.lastFrame, timeout.minus(BETWEEN_LOOKS), now)
				&& this.hostCheck.isUnanswered(now, askAfter() - BETWEEN_LOOKS.toNanos())) {
			return "no frame for " + timeout.toMillis() + " ms from a host, which must answer PING";
		}
		if (this.waited && passed(this.lastTaken, timeout.minus(BETWEEN_LOOKS), now)) {
			return "nothing that was sent was taken for " + timeout.toMillis() + " ms";
		}
		Duration patience = this.limits.keepalive().multipliedBy(PATIENCE);
		if (this.assembling && passed(this.assemblesSince, patience, now)) {
			return "a frame has not ended for " + patience.toMillis() + " ms";
		}
		return null;
	}

	/**
	 * Tells whether it is time to ask the peer's machine for a sign of life, by the
	 * transport: because none came for about half of the time that the peer has, and
	 * again after as long; or, of a host, because a PING has left that it must have got
	 * first.
	 * @param now the time in nanoseconds
	 * @return whether to ask
	 */
	boolean mustAsk(long now) {
		if (this.hosting) {
			return this.hostCheck.isToBeFollowed();
		}
		boolean ask = now - this.lastSign >= askAfter() && now - this.lastAsked >= askAfter();
		if (ask) {
			this.lastAsked = now;
		}
		return ask;
	}

	/**
	 * The transport was told to ask.
	 * @param asks whether it does
	 * @param now the time in nanoseconds
	 * @return whether a PING has to ask in its place
	 */
	boolean asked(boolean asks, long now) {
		if (asks) {
			this.hostCheck.followed();
			return false;
		}
		this.hostCheck.arrived(now);
		return !this.hosting;
	}

	/**
	 * Tells whether it is time to ask a host, which has to answer by its own code,
	 * because no frame came from it for about half of the time that it has.
	 * @param now the time in nanoseconds
	 * @return whether to send a PING
	 */
	boolean mustAskHost(long now) {
		return this.hosting && !this.hostCheck.isAsked() && now - this.lastFrame >= askAfter();
	}

	/**
	 * A host is asked.
	 * @param batch the batch in which the PING leaves, as {@link #wrote} counts them
	 */
	void askedHost(long batch) {
		this.hostCheck.queued(batch);
	}

	/** In nanoseconds: the next look is one away. */
	private long askAfter() {
		return this.limits.livenessTimeout().dividedBy(2).minus(BETWEEN_LOOKS).toNanos();
	}

	/**
	 * Tells whether it is time to send a PING, because nothing was sent for the time that
	 * was announced to the peer as our longest silence.
	 * @param now the time in nanoseconds
	 * @param batchesSent how many batches were sent so far
	 * @return whether to send one
	 */
	boolean mustPing(long now, long batchesSent) {
		if (batchesSent != this.batches) {
			this.batches = batchesSent;
			this.lastSent = now;
		}
		// the last batch may be one look older than it seems, and the next look is one
		// away
		Duration keepalive = this.limits.keepalive();
		return passed(this.lastSent, keepalive.minus(BETWEEN_LOOKS).minus(BETWEEN_LOOKS).plusNanos(1), now);
	}

	private static boolean passed(long since, Duration time, long now) {
		return now - since >= time.toNanos();
	}

}
