/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

/**
 * One end of a stream that sends whole messages, from when the other end is there until
 * it is closed.
 */
abstract class MessageStream implements StreamEnd {

	/** What the peer calls this end. */
	final String id;

	protected final StreamHandler handler;

	private final MessagePeer<?> peer;

	private boolean accepted;

	private boolean closeSent;

	private boolean waiting;

	MessageStream(MessagePeer<?> peer, String id, StreamHandler handler) {
		this.peer = peer;
		this.id = id;
		this.handler = handler;
	}

	/**
	 * Tells the other end that nothing more comes.
	 */
	protected abstract void sendClose();

	/**
	 * The other end is there.
	 */
	final void accepted() {
		this.accepted = true;
		this.handler.writable(this);
	}

	@Override
	public boolean isReady() {
		if (!this.accepted || this.closeSent || this.waiting) {
			return false;
		}
		this.waiting = !this.peer.writable(this);
		return !this.waiting;
	}

	final void resume() {
		this.waiting = false;
		this.handler.writable(this);
	}

	@Override
	public final void close() {
		if (!this.closeSent) {
			this.closeSent = true;
			sendClose();
		}
	}

	/**
	 * The other end has closed.
	 */
	final void closed() {
		close();
		this.handler.closed(this, null);
	}

}
