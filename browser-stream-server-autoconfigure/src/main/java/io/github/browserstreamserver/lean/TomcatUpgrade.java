/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.github.browserstreamserver.transport.Connection;
import jakarta.servlet.http.WebConnection;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Tomcat hands an upgraded socket over. It is a handler that does all further input
 * and output itself, as Tomcat has them for HTTP/2, so Tomcat watches the socket no more.
 */
public final class TomcatUpgrade implements InternalHttpUpgradeHandler {

	private static final Logger logger = LoggerFactory.getLogger(TomcatUpgrade.class);

	private static final int FIRST_READ = 8_192;

	private @Nullable EventLoops loops;

	private @Nullable LeanSession session;

	private @Nullable SocketWrapperBase<?> wrapper;

	private volatile @Nullable LeanTransport transport;

	/**
	 * Called by Tomcat.
	 */
	public TomcatUpgrade() {
	}

	void prepare(EventLoops eventLoops, LeanSession leanSession) {
		this.loops = eventLoops;
		this.session = leanSession;
	}

	@Override
	public void setSocketWrapper(SocketWrapperBase<?> socketWrapper) {
		this.wrapper = socketWrapper;
	}

	@Override
	public void init(WebConnection connection) {
		SocketWrapperBase<?> given = this.wrapper;
		LeanSession handshaken = this.session;
		EventLoops eventLoops = this.loops;
		if (given == null || handshaken == null || eventLoops == null) {
			throw new IllegalStateException("upgraded without a handshake");
		}
		ByteBuffer first = first(given);
		LeanTransport carrier = new LeanTransport(eventLoops.next(), TomcatSocket.of(given), handshaken);
		this.transport = carrier;
		this.wrapper = null;
		this.session = null;
		this.loops = null;
		Connection carried = handshaken.begin(carrier);
		carrier.start(carried, first);
	}

	/**
	 * Takes what Tomcat has read beyond the handshake.
	 */
	private static ByteBuffer first(SocketWrapperBase<?> given) {
		if (given.getSocketBufferHandler().isReadBufferEmpty()) {
			return ByteBuffer.allocate(0);
		}
		ByteBuffer first = ByteBuffer
			.allocate(Math.max(FIRST_READ, given.getSocketBufferHandler().getReadBuffer().capacity()));
		try {
			given.read(false, first);
		}
		catch (IOException ex) {
			// the first read of our own will find the same
			logger.debug("What came with a handshake could not be read: {}", ex.toString());
		}
		return first.flip();
	}

	@Override
	public boolean hasAsyncIO() {
		return true;
	}

	/**
	 * Tomcat has nothing to tell: it does not watch the socket.
	 */
	@Override
	public SocketState upgradeDispatch(SocketEvent status) {
		return (status == SocketEvent.OPEN_READ || status == SocketEvent.OPEN_WRITE) ? SocketState.ASYNC_IO
				: SocketState.CLOSED;
	}

	@Override
	public void timeoutAsync(long now) {
		// the dialect sees who is silent
	}

	@Override
	public void setSslSupport(SSLSupport sslSupport) {
		// the handshake has seen it
	}

	@Override
	public void pause() {
		// the application's own lifecycle ends connections
	}

	/**
	 * Tomcat closes the socket, or we did.
	 */
	@Override
	public void destroy() {
		LeanTransport carrier = this.transport;
		if (carrier != null) {
			carrier.gone();
		}
	}

}
