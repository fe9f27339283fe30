/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;

/**
 * The handshake of a WebSocket, before one of the doors.
 */
final class TomcatUpgradeServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private final Class<? extends HttpUpgradeHandler> door;

	/**
	 * Who is told what its request was.
	 */
	interface Named {

		void name(String of, boolean isHost);

	}

	TomcatUpgradeServlet(Class<? extends HttpUpgradeHandler> door) {
		this.door = door;
	}

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response)
			throws IOException, ServletException {
		response.setHeader("Upgrade", "websocket");
		response.setHeader("Connection", "upgrade");
		response.setHeader("Sec-WebSocket-Accept", accept(request.getHeader("Sec-WebSocket-Key")));
		URI uri = URI.create(request.getRequestURI() + "?" + request.getQueryString());
		((Named) request.upgrade(this.door)).name(Names.name(uri), Names.isHost(uri));
	}

	private static String accept(String key) throws ServletException {
		try {
			return Base64.getEncoder()
				.encodeToString(
						MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new ServletException(ex);
		}
	}

}
