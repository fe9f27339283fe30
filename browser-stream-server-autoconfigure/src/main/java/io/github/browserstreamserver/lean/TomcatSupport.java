/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import org.jspecify.annotations.Nullable;

/**
 * Whether the lean transport can work here at all.
 */
public final class TomcatSupport {

	private TomcatSupport() {
	}

	/**
	 * Looks for a Tomcat whose insides are as they should be.
	 * @return why not, for people; {@code null} if it can
	 */
	public static @Nullable String obstacle() {
		try {
			return TomcatRequest.isSupported() && new TomcatUpgrade().hasAsyncIO() ? null
					: "this Tomcat does not show its requests";
		}
		catch (LinkageError ex) {
			return "there is no Tomcat here whose sockets it could use";
		}
	}

}
