/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.ServerHttpResponse;

/**
 * Takes what an interceptor answers to a handshake that it refuses, and sends nothing.
 */
final class RecordedResponse implements ServerHttpResponse {

	private final HttpHeaders headers = new HttpHeaders();

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private HttpStatusCode status = HttpStatus.OK;

	int status() {
		return this.status.value();
	}

	String text() {
		return this.body.toString(StandardCharsets.UTF_8).strip();
	}

	@Override
	public void setStatusCode(HttpStatusCode statusCode) {
		this.status = statusCode;
	}

	@Override
	public OutputStream getBody() {
		return this.body;
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public void flush() {
		// nothing leaves
	}

	@Override
	public void close() {
		// nothing is held
	}

}
