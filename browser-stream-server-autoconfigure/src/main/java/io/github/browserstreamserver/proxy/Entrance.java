/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.nio.charset.StandardCharsets;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Peer;
import io.github.browserstreamserver.stream.PeerLimits;
import io.github.browserstreamserver.stream.StreamAcceptor;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;

/**
 * Refuses streams whose name or metadata is longer than this application takes, which may
 * be less than the protocol allows.
 */
final class Entrance implements StreamAcceptor {

	private final PeerLimits limits;

	private final StreamAcceptor inside;

	Entrance(PeerLimits limits, StreamAcceptor inside) {
		this.limits = limits;
		this.inside = inside;
	}

	@Override
	public void accept(Peer from, StreamRequest request, StreamEnd end) {
		if (isLonger(request.target(), this.limits.nameBytes())) {
			end.reset(ErrorCode.LIMIT, "a name may have " + this.limits.nameBytes() + " bytes here (names.max-length)");
		}
		else if (isLonger(request.metadata(), this.limits.metadataBytes())) {
			end.reset(ErrorCode.LIMIT,
					"metadata may have " + this.limits.metadataBytes() + " bytes here (stream.max-metadata-size)");
		}
		else {
			this.inside.accept(from, request, end);
		}
	}

	private static boolean isLonger(@Nullable String text, int most) {
		// a character has one byte at least and three at most
		return text != null && (text.length() > most
				|| (text.length() * 3 > most && text.getBytes(StandardCharsets.UTF_8).length > most));
	}

}
