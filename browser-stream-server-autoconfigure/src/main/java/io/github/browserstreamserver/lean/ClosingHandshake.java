/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;

/**
 * How far both sides are in agreeing about the end of a WebSocket (RFC 6455, 7). It is
 * over when a close frame has gone each way. All is used by the event loop, but that
 * anybody may {@link #begin} it.
 */
final class ClosingHandshake {

	/** What we closed with, or what the peer did: who was first. */
	private volatile @Nullable CloseStatus status;

	private boolean sent;

	private boolean received;

	/** Whether the peer broke the protocol, so that its close frame cannot be found. */
	private boolean unreadable;

	/**
	 * We want to close.
	 * @param status why; only the first counts
	 */
	void begin(CloseStatus status) {
		if (this.status == null) {
			this.status = status;
		}
	}

	/**
	 * Our close frame has left.
	 * @return whether it is over
	 */
	boolean sent() {
		this.sent = true;
		return this.received;
	}

	/**
	 * The peer's close frame has come.
	 * @param peerStatus what is in it
	 * @return whether it is over; if not, ours has to follow
	 */
	boolean received(CloseStatus peerStatus) {
		this.received = true;
		begin(peerStatus);
		return this.sent;
	}

	/**
	 * Nothing that the peer sends can be understood from here on.
	 * @return whether our close frame has left already, so that it is over
	 */
	boolean unreadable() {
		this.unreadable = true;
		return this.sent;
	}

	boolean isUnreadable() {
		return this.unreadable;
	}

	/**
	 * Returns how it ended.
	 * @return the first reason that was given, or that there was none
	 */
	CloseStatus status() {
		CloseStatus known = this.status;
		return (known != null) ? known : CloseStatus.NO_CLOSE_FRAME;
	}

}
