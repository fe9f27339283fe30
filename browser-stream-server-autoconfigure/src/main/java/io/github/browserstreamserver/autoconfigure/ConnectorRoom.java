/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Says at the start if Tomcat takes fewer connections than there may be WebSockets.
 * Tomcat lets those that are too many wait without a word, and requests with them, where
 * this library would refuse a WebSocket, and requests would be answered.
 */
final class ConnectorRoom implements ApplicationListener<WebServerInitializedEvent> {

	/** So much of Tomcat's connections are to be left for requests. */
	private static final int REQUESTS_SHARE = 16;

	private static final Logger logger = LoggerFactory.getLogger(ConnectorRoom.class);

	private final int connections;

	/**
	 * Creates it.
	 * @param connections how many WebSockets there may be
	 */
	ConnectorRoom(int connections) {
		this.connections = connections;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		boolean management = WebServerApplicationContext.hasServerNamespace(event.getApplicationContext(),
				"management");
		if (management || !(event.getWebServer() instanceof TomcatWebServer tomcat)) {
			return;
		}
		for (Connector connector : tomcat.getTomcat().getService().findConnectors()) {
			if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
				look(protocol.getMaxConnections());
			}
		}
	}

	/**
	 * Looks at a connector.
	 * @param most how many connections it takes, -1 without a bound
	 */
	void look(int most) {
		int room = most - most / REQUESTS_SHARE;
		if (most >= 0 && this.connections > room) {
			logger.warn("There may be {} WebSockets (browser-stream-server.connections.max), but Tomcat takes {} "
					+ "connections (server.tomcat.max-connections): who is too many is not refused, but hangs, and "
					+ "so do requests. Set the former to {} at most, or the latter to {} at least", this.connections,
					most, room, needed());
		}
	}

	private long needed() {
		long share = REQUESTS_SHARE - 1L;
		return (this.connections * (long) REQUESTS_SHARE + share - 1) / share;
	}

}
