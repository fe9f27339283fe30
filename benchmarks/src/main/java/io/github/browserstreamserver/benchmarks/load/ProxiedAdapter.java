/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A proxy between clients and hosts that are themselves a server, here: a WebSocket for
 * each stream goes through it. A proxy knows no names, so the path has them, and a host
 * that waits is a WebSocket through it that carries nothing.
 */
final class ProxiedAdapter implements Adapter {

	private static final String WAITING = "/waiting/";

	private static final String STREAM = "/stream/";

	private final Loop loop;

	private final int port;

	private final Map<String, ProxiedHost> hosts = new HashMap<>();

	/**
	 * Makes one that listens.
	 * @param loop the loop
	 * @param port of the proxy
	 * @param hostPort where the proxy reaches hosts
	 * @throws IOException if the port is taken
	 */
	ProxiedAdapter(Loop loop, int port, int hostPort) throws IOException {
		this.loop = loop;
		this.port = port;
		new Listener(loop, hostPort, this::accepted);
	}

	private void accepted(SocketChannel channel) throws IOException {
		new Acceptance().begin(channel);
	}

	@Override
	public Host host(String name, int streams, Supplier<StreamHandler> acceptor) throws IOException {
		ProxiedHost host = new ProxiedHost(acceptor);
		this.hosts.put(name, host);
		PlainEnd.ofClient(host, (end) -> {
		}).connect(this.loop, this.port, WAITING + name);
		return host;
	}

	@Override
	public Client client() {
		return new PlainClient(this.loop, this.port, STREAM);
	}

	@Override
	public int socketsOfHost() {
		return 2;
	}

	/** What came through the proxy, of which only its first line says to whom. */
	private final class Acceptance {

		private final ServerHandshake handshake = new ServerHandshake();

		private final PlainEnd end = PlainEnd.ofHost(this::opened, () -> host().accept(), (end) -> host().remove(end));

		private void begin(SocketChannel channel) throws IOException {
			this.end
				.connection(WebSocketConnection.accept(ProxiedAdapter.this.loop, channel, this.handshake, this.end));
		}

		private void opened() {
			if (this.handshake.path().startsWith(STREAM)) {
				host().add(this.end);
			}
		}

		private ProxiedHost host() {
			String path = this.handshake.path();
			ProxiedHost host = ProxiedAdapter.this.hosts.get(path.substring(path.lastIndexOf('/') + 1));
			if (host == null) {
				throw new IllegalStateException("no host for '" + path + "'");
			}
			return host;
		}

	}

}
