/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

/**
 * Lets tests of other rooms see whether a registry holds anything.
 */
public final class RegistryProbe {

	private RegistryProbe() {
	}

	/**
	 * Tells whether nobody listens, nobody waits and nothing is guarded.
	 * @param registry the registry
	 * @return whether all is as it was at first
	 */
	public static boolean isEmpty(ProxyRegistry registry) {
		return registry.isEmpty();
	}

}
