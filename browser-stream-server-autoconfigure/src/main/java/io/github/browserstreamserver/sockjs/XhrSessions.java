/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.transport.Dialect;
import io.github.browserstreamserver.websocket.StreamConnections;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * The sessions that are carried by HTTP requests, by their ids. Safe for use by several
 * threads.
 */
final class XhrSessions {

	private static final String FRAMES_TYPE = "application/javascript;charset=UTF-8";

	private final Map<String, XhrSession> sessions = new ConcurrentHashMap<>();

	private final XhrPlaces places = new XhrPlaces();

	private final Dialect dialect;

	private final StreamConnections connections;

	private final XhrTimes times;

	XhrSessions(Dialect dialect, StreamConnections connections, XhrTimes times) {
		this.dialect = dialect;
		this.connections = connections;
		this.times = times;
	}

	/**
	 * Takes a request that waits for frames; the first with an id makes a session.
	 */
	void receive(String id, boolean streaming, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (!this.sessions.containsKey(id) && this.places.areTakenFor(request.getRemoteAddr())) {
			response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
			return;
		}
		XhrSession session = session(id, XhrOwner.of(request), request);
		if (session == null) {
			response.setStatus(HttpServletResponse.SC_NOT_FOUND);
			return;
		}
		response.setContentType(FRAMES_TYPE);
		ShallowEtagHeaderFilter.disableContentCaching(request);
		XhrResponse frames = new XhrResponse(session, streaming);
		String refusal = session.attach(frames);
		if (refusal != null) {
			response.getOutputStream().write((refusal + "\n").getBytes(StandardCharsets.UTF_8));
		}
		else {
			frames.start(request, response);
		}
	}

	private @Nullable XhrSession session(String id, XhrOwner owner, HttpServletRequest request) {
		XhrSession session = this.sessions.get(id);
		if (session == null) {
			XhrSession created = new XhrSession(owner, XhrIdentity.of(request), this.connections, this.times);
			session = this.sessions.putIfAbsent(id, created);
			if (session == null) {
				this.places.take(created.address());
				connect(id, created);
				return created;
			}
		}
		return session.isOf(owner) ? session : null;
	}

	private void connect(String id, XhrSession session) {
		try {
			session.connected(this.dialect.connect(session, "SockJS session " + id + " of " + session));
		}
		catch (RuntimeException | Error ex) {
			forget(id, session);
			throw ex;
		}
	}

	private void forget(String id, XhrSession session) {
		if (this.sessions.remove(id, session)) {
			this.places.give(session.address());
		}
	}

	/**
	 * Takes a request that brings messages.
	 */
	void send(String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
		XhrSession session = this.sessions.get(id);
		Connection connection = (session != null && session.isOf(XhrOwner.of(request))) ? session.receiver() : null;
		if (session == null || connection == null) {
			response.setStatus(HttpServletResponse.SC_NOT_FOUND);
		}
		else {
			XhrUpload upload = new XhrUpload(session.reading(), connection);
			if (session.reading().begin(upload)) {
				upload.start(request, response);
			}
			else {
				// the messages of two could mingle, and no thread waits for a peer
				response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
			}
		}
	}

	/**
	 * Ends the sessions whose client does not come back, and forgets those that ended.
	 */
	void sweep() {
		long now = this.connections.now();
		this.sessions.values().forEach((session) -> session.beat(now));
		this.sessions.forEach((id, session) -> {
			if (session.isForgotten(now)) {
				forget(id, session);
			}
		});
	}

}
