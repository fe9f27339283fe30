/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import java.io.IOException;
import java.nio.ByteBuffer;

import jakarta.servlet.http.WebConnection;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's own way, with Tomcat's poller.
 */
public final class InternalDoor extends TomcatDoor implements InternalHttpUpgradeHandler, TomcatUpgradeServlet.Named {

	private String name = "";

	private boolean host;

	private @Nullable SocketWrapperBase<?> wrapper;

	private volatile @Nullable TomcatDoor waiting;

	/**
	 * Called by Tomcat.
	 */
	public InternalDoor() {
	}

	@Override
	public void name(String of, boolean isHost) {
		this.name = of;
		this.host = isHost;
	}

	@Override
	public void setSocketWrapper(SocketWrapperBase<?> socketWrapper) {
		this.wrapper = socketWrapper;
	}

	private SocketWrapperBase<?> wrapper() {
		SocketWrapperBase<?> given = this.wrapper;
		if (given == null) {
			throw new IllegalStateException("not upgraded");
		}
		return given;
	}

	@Override
	public void init(WebConnection connection) {
		join(this.name, this.host);
	}

	@Override
	public SocketState upgradeDispatch(SocketEvent event) {
		try {
			if (event == SocketEvent.OPEN_READ) {
				return forward() ? SocketState.UPGRADED : SocketState.CLOSED;
			}
			if (event == SocketEvent.OPEN_WRITE) {
				written();
				return SocketState.UPGRADED;
			}
		}
		catch (IOException ex) {
			return SocketState.CLOSED;
		}
		return SocketState.CLOSED;
	}

	private void written() throws IOException {
		TomcatDoor reader = this.waiting;
		if (!wrapper().flush(false) && reader != null) {
			this.waiting = null;
			reader.resume();
		}
	}

	@Override
	int read(ByteBuffer into) throws IOException {
		return wrapper().read(false, into);
	}

	@Override
	synchronized void write(ByteBuffer from) throws IOException {
		wrapper().write(false, from);
		if (wrapper().flush(false)) {
			wrapper().registerWriteInterest();
		}
	}

	@Override
	synchronized boolean isWritable(TomcatDoor reader) throws IOException {
		if (wrapper().hasDataToWrite()) {
			this.waiting = reader;
			wrapper().registerWriteInterest();
			return false;
		}
		return true;
	}

	@Override
	void resume() {
		wrapper().registerReadInterest();
	}

	@Override
	public void timeoutAsync(long now) {
		// never
	}

	@Override
	public void setSslSupport(SSLSupport sslSupport) {
		// none
	}

	@Override
	public void pause() {
		// never
	}

	@Override
	public void destroy() {
		// the other side ends by itself
	}

}
