/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import io.github.browserstreamserver.autoconfigure.BrowserStreamServerProperties.TransportKind;
import io.github.browserstreamserver.lean.EventLoops;
import io.github.browserstreamserver.lean.TomcatSupport;
import io.github.browserstreamserver.lean.LeanUpgradeStrategy;
import io.github.browserstreamserver.websocket.PlainUpgradeStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/**
 * Which transport carries WebSockets: what the user wants, and what can be had here.
 */
final class TransportChoice {

	private static final Logger logger = LoggerFactory.getLogger(TransportChoice.class);

	private TransportChoice() {
	}

	/**
	 * Chooses.
	 * @param kind what the user wants
	 * @param loops for the lean transport
	 * @return what makes WebSockets of requests
	 */
	static RequestUpgradeStrategy strategy(TransportKind kind, EventLoops loops) {
		if (kind == TransportKind.STANDARD) {
			return new PlainUpgradeStrategy();
		}
		String obstacle = TomcatSupport.obstacle();
		if (obstacle == null) {
			return new LeanUpgradeStrategy(loops, (kind == TransportKind.AUTO) ? new PlainUpgradeStrategy() : null);
		}
		return otherwise(kind, obstacle);
	}

	private static RequestUpgradeStrategy otherwise(TransportKind kind, @Nullable String obstacle) {
		if (kind == TransportKind.LEAN) {
			throw CheckedProperties.invalid("transport", "lean", "The lean transport cannot work here: " + obstacle
					+ ". The default, 'auto', uses the container's own" + " WebSockets then.");
		}
		logger.info("WebSockets go through the container's own engine, since the lean transport cannot work here: {}. "
				+ "Nothing needs to be done; browser-stream-server.transport=standard chooses this without this line",
				obstacle);
		return new PlainUpgradeStrategy();
	}

}
