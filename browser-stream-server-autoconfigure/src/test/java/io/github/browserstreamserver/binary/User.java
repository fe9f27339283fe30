/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.net.InetSocketAddress;
import java.security.Principal;

import io.github.browserstreamserver.stream.PeerIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A peer that has logged in.
 *
 * @param name the user's name
 */
record User(String name) implements PeerIdentity {

	@Override
	public @Nullable Principal principal() {
		return () -> this.name;
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("192.0.2.1", 1);
	}

}
