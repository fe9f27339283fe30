/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;

/**
 * A relay on Jetty's WebSocket core, with buffers of 64 KiB: frames are forwarded as they
 * come, and the next is demanded when the other side took the one before.
 */
public final class JettyRelay {

	private static final int BUFFER = 64 * 1024;

	private static final int MAX_FRAME = 1024 * 1024;

	private JettyRelay() {
	}

	/**
	 * Starts the relay.
	 * @param arguments none
	 * @throws Exception if it does not start
	 */
	public static void main(String[] arguments) throws Exception {
		Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		WebSocketUpgradeHandler handler = new WebSocketUpgradeHandler(
				WebSocketServerComponents.ensureWebSocketComponents(server));
		handler.addMapping("/*", new Negotiator());
		server.setHandler(handler);
		server.start();
		Ready.say(((ServerConnector) server.getConnectors()[0]).getLocalPort());
		server.join();
	}

	private static final class Negotiator implements WebSocketNegotiator {

		private final Names<JettyForwarder> names = new Names<>();

		@Override
		public FrameHandler negotiate(ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
			return new JettyForwarder(this.names, request.getHttpURI().toURI());
		}

		@Override
		public void customize(Configuration configuration) {
			configuration.setInputBufferSize(BUFFER);
			configuration.setOutputBufferSize(BUFFER);
			configuration.setMaxFrameSize(MAX_FRAME);
			configuration.setIdleTimeout(Duration.ZERO);
		}

	}

}
