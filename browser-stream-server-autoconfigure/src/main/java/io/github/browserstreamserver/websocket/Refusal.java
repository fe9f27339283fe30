/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;

/**
 * The answer to a handshake that is refused, for whoever looks at it with a tool.
 */
final class Refusal {

	private Refusal() {
	}

	static void send(ServerHttpResponse response, HttpStatusCode status, String text) throws IOException {
		response.setStatusCode(status);
		response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
		response.getBody().write((text + "\n").getBytes(StandardCharsets.UTF_8));
	}

}
