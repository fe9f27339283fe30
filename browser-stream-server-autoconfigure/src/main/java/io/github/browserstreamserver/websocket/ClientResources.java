/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Serves the browser client from the jar. A browser asks each time whether its copy is
 * still good, by a tag of the content: a time would not do, as in a jar it may be the
 * same for all versions.
 */
final class ClientResources {

	private static final String LOCATION = "io/github/browserstreamserver/client/";

	private ClientResources() {
	}

	static ResourceHttpRequestHandler handler() {
		Map<String, String> tags = new ConcurrentHashMap<>();
		ResourceHttpRequestHandler handler = new ResourceHttpRequestHandler();
		handler.setLocations(List.of(new ClassPathResource(LOCATION, ClientResources.class.getClassLoader())));
		handler.setCacheControl(CacheControl.noCache());
		handler.setUseLastModified(false);
		handler.setEtagGenerator(
				(resource) -> tags.computeIfAbsent(String.valueOf(resource.getFilename()), (name) -> tag(resource)));
		try {
			handler.afterPropertiesSet();
		}
		catch (Exception ex) {
			throw new IllegalStateException("The browser client cannot be served", ex);
		}
		return handler;
	}

	private static String tag(Resource resource) {
		try {
			return "\"" + DigestUtils.md5DigestAsHex(resource.getContentAsByteArray()) + "\"";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
