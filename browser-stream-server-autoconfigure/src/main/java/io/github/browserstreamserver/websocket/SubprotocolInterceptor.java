/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.browserstreamserver.binary.BinaryDialect;
import io.github.browserstreamserver.stream.PeerIdentity;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Refuses whoever does not ask for a WebSocket with our subprotocol: he is told what this
 * is at once, instead of by an error in the first message. Methods that no handshake has
 * are left to the handshake handler.
 */
final class SubprotocolInterceptor implements HandshakeInterceptor {

	/**
	 * What a page that cannot send headers puts before a token, which it then asks for as
	 * if it were one more subprotocol.
	 */
	private static final String TOKEN_PREFIX = "token.";

	/** What can stand in a list of subprotocols (RFC 9110, 5.6.2). */
	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]*");

	/** How HTTP/2 asks for a WebSocket; there is no Upgrade then. */
	private static final HttpMethod EXTENDED_CONNECT = HttpMethod.valueOf("CONNECT");

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws IOException {
		WebSocketHttpHeaders headers = new WebSocketHttpHeaders(request.getHeaders());
		boolean get = HttpMethod.GET.equals(request.getMethod());
		boolean upgrades = !get || "websocket".equalsIgnoreCase(headers.getUpgrade());
		boolean handshake = get || EXTENDED_CONNECT.equals(request.getMethod());
		List<String> protocols = headers.getSecWebSocketProtocol();
		if (HttpMethod.POST.equals(request.getMethod())) {
			return takeToken(request, response, attributes);
		}
		if (!handshake || (upgrades && protocols.contains(BinaryDialect.SUBPROTOCOL))) {
			protocols.stream()
				.filter((protocol) -> protocol.startsWith(TOKEN_PREFIX))
				.findFirst()
				.ifPresent((protocol) -> attributes.put(PeerIdentity.TOKEN_ATTRIBUTE,
						protocol.substring(TOKEN_PREFIX.length())));
			return true;
		}
		Refusal.send(response, HttpStatus.BAD_REQUEST, "This is a WebSocket endpoint. It speaks the subprotocol '"
				+ BinaryDialect.SUBPROTOCOL + "'; ask for it in Sec-WebSocket-Protocol.");
		return false;
	}

	/**
	 * A question about a handshake brings no subprotocol, and its token in a header.
	 */
	private static boolean takeToken(ServerHttpRequest request, ServerHttpResponse response,
			Map<String, Object> attributes) throws IOException {
		String token = request.getHeaders().getFirst(HandshakeReason.TOKEN_HEADER);
		if (token == null) {
			return true;
		}
		if (!TOKEN.matcher(token).matches()) {
			Refusal.send(response, HttpStatus.BAD_REQUEST, "Stream-Token has characters that no subprotocol has.");
			return false;
		}
		attributes.put(PeerIdentity.TOKEN_ATTRIBUTE, token);
		return true;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

}
