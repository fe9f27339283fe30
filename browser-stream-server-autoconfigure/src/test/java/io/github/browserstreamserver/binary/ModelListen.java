/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import io.github.browserstreamserver.stream.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A peer's stream that stands for a name, as {@link RelayModel} knows it.
 */
final class ModelListen {

	final ModelPeer peer;

	final int id;

	final String name;

	/** Which key it carries, 0 for none. */
	final int key;

	/** With what the relay resets it. */
	@Nullable ErrorCode reset;

	/** Whether the host ended it. */
	boolean ended;

	/** Whether the host reset it, or its connection was cut. */
	boolean gone;

	boolean sawAccept;

	boolean sawEnd;

	@Nullable ErrorCode sawReset;

	ModelListen(ModelPeer peer, int id, String name, int key) {
		this.peer = peer;
		this.id = id;
		this.name = name;
		this.key = key;
	}

	boolean isSameOwnerAs(ModelListen before) {
		return this.key != 0 && this.key == before.key;
	}

	/**
	 * Tells whether it is over as far as its peer knows.
	 * @return whether nothing may be sent any more
	 */
	boolean isOver() {
		return this.gone || this.ended || this.sawReset != null;
	}

	@Override
	public String toString() {
		return "listen of " + this.peer + " as " + this.id + " on " + this.name + " with key " + this.key + " ("
				+ (this.sawAccept ? "accepted" : "not accepted") + (this.ended ? ", ended" : "")
				+ (this.gone ? ", gone" : "") + (this.sawEnd ? ", saw END" : "") + ", to be reset with " + this.reset
				+ ", saw " + this.sawReset + ")";
	}

}
