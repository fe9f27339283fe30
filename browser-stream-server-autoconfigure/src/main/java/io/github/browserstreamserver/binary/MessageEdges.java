/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * Where one direction of a stream stands between the beginning and the end of a message.
 * The relay must know, because it is the relay that the next hop would blame. Guarded by
 * the connection's lock.
 */
final class MessageEdges {

	private @Nullable MessageKind inside;

	/**
	 * Takes a part.
	 * @param kind its message's kind, {@code null} if that is none
	 * @param begins whether it begins a frame
	 * @param first whether it begins a message
	 * @param last whether it ends one
	 * @return what is wrong with it, or {@code null}
	 */
	@Nullable String take(@Nullable MessageKind kind, boolean begins, boolean first, boolean last) {
		if (kind == null) {
			return "DATA has a kind that does not exist";
		}
		if (begins && first != (this.inside == null)) {
			return first ? "DATA begins a message inside another" : "DATA continues a message that did not begin";
		}
		if (this.inside != null && this.inside != kind) {
			return "DATA changes the kind of a message";
		}
		this.inside = last ? null : kind;
		return null;
	}

	boolean isInside() {
		return this.inside != null;
	}

}
