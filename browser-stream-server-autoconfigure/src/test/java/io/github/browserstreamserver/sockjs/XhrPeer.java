/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A SockJS client that has only HTTP requests.
 */
final class XhrPeer {

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final SockJsServer server;

	private final String session;

	XhrPeer(SockJsServer server, String session) {
		this.server = server;
		this.session = session;
	}

	private HttpRequest.Builder request(String transport) {
		return HttpRequest.newBuilder(this.server.uri("/000/" + this.session + "/" + transport))
			.header("Content-Type", "text/plain")
			.timeout(Duration.ofSeconds(20));
	}

	private static <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
		try {
			return CLIENT.send(request, body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Polls once.
	 * @return a frame
	 */
	String poll() {
		HttpResponse<String> response = exchange(request("xhr").POST(BodyPublishers.noBody()).build(),
				BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/javascript;charset=UTF-8");
		assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		assertThat(response.body()).endsWith("\n");
		return response.body().substring(0, response.body().length() - 1);
	}

	/**
	 * Polls until enough text came.
	 */
	String pollText(int length) {
		StringBuilder text = new StringBuilder();
		while (text.length() < length) {
			text.append(TextPeer.unframe(poll()));
		}
		return text.toString();
	}

	Stream stream() {
		HttpResponse<InputStream> response = exchange(request("xhr_streaming").POST(BodyPublishers.noBody()).build(),
				BodyHandlers.ofInputStream());
		assertThat(response.statusCode()).isEqualTo(200);
		return new Stream(response.body());
	}

	/**
	 * Streams, request after request, until enough text came.
	 */
	String streamText(int length) {
		StringBuilder text = new StringBuilder();
		while (text.length() < length) {
			try (Stream stream = stream()) {
				for (String frame = stream.next(); frame != null; frame = stream.next()) {
					text.append(TextPeer.unframe(frame));
					if (text.length() >= length) {
						break;
					}
				}
			}
		}
		return text.toString();
	}

	HttpResponse<String> send(BodyPublisher body) {
		return exchange(request("xhr_send").POST(body).build(), BodyHandlers.ofString());
	}

	HttpResponse<String> sendRaw(String body) {
		return send(BodyPublishers.ofString(body));
	}

	void send(String... texts) {
		assertThat(sendRaw(new JsonMapper().writeValueAsString(texts)).statusCode()).isEqualTo(204);
	}

	/**
	 * The frames of one streaming request.
	 */
	static final class Stream implements AutoCloseable {

		private final BufferedReader lines;

		private Stream(InputStream body) {
			this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
			assertThat(next()).as("the prelude").isEqualTo("h".repeat(2048));
		}

		String next() {
			try {
				return this.lines.readLine();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void close() {
			try {
				this.lines.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
