/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.lang.reflect.Field;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request came in through what the lean transport can take over: HTTP/1.1 on a
 * NIO connector of a Tomcat.
 */
final class TomcatRequest {

	private static final @Nullable Field REQUEST = requestField();

	private TomcatRequest() {
	}

	private static @Nullable Field requestField() {
		try {
			Field field = RequestFacade.class.getDeclaredField("request");
			field.setAccessible(true);
			return (field.getType() == Request.class) ? field : null;
		}
		catch (NoSuchFieldException | RuntimeException ex) {
			return null;
		}
	}

	static boolean isSupported() {
		return REQUEST != null;
	}

	/**
	 * Looks at a request.
	 * @param request the request, perhaps in wrappers
	 * @return why it cannot be taken over, {@code null} if it can
	 */
	static @Nullable String obstacle(HttpServletRequest request) {
		if (!"HTTP/1.1".equals(request.getProtocol())) {
			return "the request is not of HTTP/1.1 but of " + request.getProtocol();
		}
		ServletRequest inner = request;
		while (inner instanceof ServletRequestWrapper wrapper) {
			inner = wrapper.getRequest();
		}
		if (!(inner instanceof RequestFacade) || REQUEST == null) {
			return "the request does not come from this Tomcat, its class is " + inner.getClass().getName();
		}
		try {
			Object protocol = ((Request) REQUEST.get(inner)).getConnector().getProtocolHandler();
			return (protocol instanceof Http11NioProtocol) ? null
					: "the connector's protocol is " + protocol.getClass().getName();
		}
		catch (IllegalAccessException ex) {
			return "this Tomcat does not show its requests";
		}
	}

}
