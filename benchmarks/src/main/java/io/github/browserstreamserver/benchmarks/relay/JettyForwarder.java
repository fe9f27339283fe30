/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import java.net.URI;
import java.util.Objects;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.jspecify.annotations.Nullable;

/**
 * Joins a client's session with a host's.
 */
final class JettyForwarder implements FrameHandler {

	private final Names<JettyForwarder> names;

	private final String name;

	private final boolean host;

	private @Nullable CoreSession session;

	private volatile @Nullable JettyForwarder peer;

	JettyForwarder(Names<JettyForwarder> names, URI uri) {
		this.names = names;
		this.name = Names.name(uri);
		this.host = Names.isHost(uri);
	}

	private CoreSession session() {
		return Objects.requireNonNull(this.session);
	}

	@Override
	public void onOpen(CoreSession session, Callback callback) {
		this.session = session;
		callback.succeeded();
		if (this.host) {
			this.names.add(this.name, this);
		}
		else {
			JettyForwarder host = this.names.take(this.name);
			if (host == null) {
				session.close(CloseStatus.SERVER_ERROR, "nobody waits", Callback.NOOP);
				return;
			}
			this.peer = host;
			host.peer = this;
		}
		session.demand();
	}

	@Override
	public void onFrame(Frame frame, Callback callback) {
		JettyForwarder to = this.peer;
		if (to == null || !frame.isDataFrame()) {
			callback.succeeded();
			session().demand();
			return;
		}
		Frame forwarded = new Frame(frame.getOpCode(), frame.isFin(), frame.getPayload());
		to.session().sendFrame(forwarded, Callback.from(() -> {
			callback.succeeded();
			session().demand();
		}, callback::failed), false);
	}

	@Override
	public void onError(Throwable cause, Callback callback) {
		callback.succeeded();
	}

	@Override
	public void onClosed(CloseStatus status, Callback callback) {
		if (this.host) {
			this.names.remove(this.name, this);
		}
		JettyForwarder to = this.peer;
		if (to != null && to.session().isOutputOpen()) {
			to.session().close(CloseStatus.NORMAL, "", Callback.NOOP);
		}
		callback.succeeded();
	}

}
