/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

/**
 * What one peer, one user and one address may have of what all share. Java code of the
 * application is not bound by it.
 *
 * @param connections connections in all
 * @param connectionsPerPrincipal connections of one user that has logged in
 * @param connectionsPerAddress connections from one address
 * @param names names that one connection may listen on
 * @param namesPerPrincipal names that one user may listen on, with all connections
 * @param nameBytes the longest name or path, in bytes of UTF-8
 * @param metadataBytes the longest metadata, in bytes of UTF-8
 */
public record PeerLimits(int connections, int connectionsPerPrincipal, int connectionsPerAddress, int names,
		int namesPerPrincipal, int nameBytes, int metadataBytes) {

	/** No bounds. */
	public static final PeerLimits NONE = new PeerLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE,
			Integer.MAX_VALUE, Integer.MAX_VALUE, TargetRules.MAX_BYTES, 4_096);

}
