/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.browserstreamserver.stream.ErrorCode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Tells a page why its handshake was refused, which a browser does not: a POST to the
 * endpoint goes through the same checks in the same order, and is answered with the
 * status that the handshake gets. Nothing is opened or counted, and nothing that the
 * request says is repeated but its Origin, without which a page of another origin could
 * not read the answer.
 */
final class HandshakeReason implements HttpRequestHandler {

	/** Where a page puts the token that it brings in a subprotocol of a handshake. */
	static final String TOKEN_HEADER = "Stream-Token";

	private static final String METHODS = "GET, POST, OPTIONS";

	/** In seconds. Longer than a client waits between two tries. */
	private static final String PREFLIGHT_MAX_AGE = "600";

	/** What browsers send: a scheme, a host and perhaps a port, or "null". */
	private static final Pattern ORIGIN = Pattern
		.compile("null|[A-Za-z][A-Za-z0-9+.-]*://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]+)?");

	private static final JsonFactory JSON = new JsonFactory();

	private final List<HandshakeInterceptor> checks;

	private final WebSocketHandler handler;

	private final StreamConnections connections;

	/**
	 * Creates a handler.
	 * @param checks what may refuse a handshake, in order
	 * @param handler whom it would lead to
	 * @param connections bound their number
	 */
	HandshakeReason(List<HandshakeInterceptor> checks, WebSocketHandler handler, StreamConnections connections) {
		this.checks = checks;
		this.handler = handler;
		this.connections = connections;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		letRead(request, response);
		if (request.getMethod().equals("OPTIONS")) {
			response.setHeader(HttpHeaders.ALLOW, METHODS);
			response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST");
			response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, TOKEN_HEADER);
			response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_MAX_AGE);
			response.setStatus(HttpServletResponse.SC_NO_CONTENT);
			return;
		}
		Verdict verdict = judge(new ServletServerHttpRequest(request));
		response.setStatus(verdict.status());
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.getOutputStream().write(verdict.json());
	}

	/**
	 * Lets any page read the answer, with the cookies that belong to a handshake: a page
	 * of an origin that is not allowed is told just that, whoever its user is.
	 */
	private static void letRead(HttpServletRequest request, HttpServletResponse response) {
		response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		if (origin != null && ORIGIN.matcher(origin).matches()) {
			response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
			response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
		}
	}

	private Verdict judge(ServletServerHttpRequest request) throws ServletException, IOException {
		RecordedResponse refusal = new RecordedResponse();
		Map<String, Object> attributes = new HashMap<>();
		try {
			for (HandshakeInterceptor check : this.checks) {
				if (!check.beforeHandshake(request, refusal, this.handler, attributes)) {
					return Verdict.refused(refusal.status(), refusal.text());
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new ServletException("A handshake could not be judged", ex);
		}
		String bound = this.connections.refusal(new RequestPeer(request, attributes));
		return (bound != null) ? new Verdict(HttpStatus.TOO_MANY_REQUESTS.value(), ErrorCode.LIMIT, bound)
				: Verdict.FINE;
	}

	/**
	 * What becomes of a handshake.
	 *
	 * @param status the status that it gets
	 * @param code why it is refused, {@code null} if it is not
	 * @param message what is the matter, for people
	 */
	private record Verdict(int status, @Nullable ErrorCode code, String message) {

		static final Verdict FINE = new Verdict(HttpStatus.OK.value(), null, "");

		static Verdict refused(int status, String message) {
			ErrorCode code = switch (status) {
				case 401, 403 -> ErrorCode.REFUSED;
				case 404 -> ErrorCode.NO_SUCH_ROUTE;
				case 503 -> ErrorCode.SHUTDOWN;
				default -> ErrorCode.PROTOCOL_ERROR;
			};
			return new Verdict(status, code, message);
		}

		byte[] json() {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
				json.writeStartObject();
				json.writeStringProperty("service", "browser-stream-server");
				json.writeNumberProperty("status", this.status);
				if (this.code != null) {
					json.writeStringProperty("code", this.code.name());
					json.writeStringProperty("message", this.message);
				}
				json.writeEndObject();
			}
			return bytes.toByteArray();
		}

	}

}
