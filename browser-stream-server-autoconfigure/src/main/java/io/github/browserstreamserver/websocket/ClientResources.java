/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/**
 * Serves the browser client from the jar. A browser asks at most once a minute whether
 * its copy is still good, by a tag of the content: a time would not do, as in a jar it
 * may be the same for all versions. Under a name that has the content's hash in it a file
 * never changes, and a browser need not ask.
 */
final class ClientResources extends ResourceHttpRequestHandler {

	private static final String LOCATION = "io/github/browserstreamserver/client/";

	private static final Map<String, MediaType> TYPES = Map.of(".js", new MediaType("text", "javascript"), ".map",
			MediaType.APPLICATION_JSON, ".d.ts", new MediaType("text", "plain", StandardCharsets.UTF_8));

	/**
	 * Spares pages that follow each other a round trip before their first, and is over
	 * soon after an upgrade. Older clients go on working meanwhile.
	 */
	private static final CacheControl A_MINUTE = CacheControl.maxAge(Duration.ofMinutes(1));

	private final Map<String, String> tags = new ConcurrentHashMap<>();

	private ClientResources(String directory, CacheControl cacheControl, ResourceResolver... resolvers) {
		ClassPathResource location = new ClassPathResource(directory, ClientResources.class.getClassLoader());
		setLocations(List.of(location));
		setCacheControl(cacheControl);
		setUseLastModified(false);
		setEtagGenerator(
				(resource) -> this.tags.computeIfAbsent(resource.getDescription(), (description) -> tag(resource)));
		List<ResourceResolver> chain = new ArrayList<>();
		chain.add(new EncodedFile.Resolver(location));
		chain.addAll(List.of(resolvers));
		chain.add(new PathResourceResolver());
		setResourceResolvers(chain);
		try {
			afterPropertiesSet();
		}
		catch (Exception ex) {
			throw new IllegalStateException("The browser client cannot be served", ex);
		}
	}

	/**
	 * Creates the handlers.
	 * @param prefix where the client is
	 * @return the handlers by the patterns of the paths that they are for
	 */
	static Map<String, ClientResources> handlers(String prefix) {
		VersionResourceResolver versions = new VersionResourceResolver().addContentVersionStrategy("/client*.js");
		CacheControl forever = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
		ClientResources client = new ClientResources(LOCATION, A_MINUTE, versions);
		ClientResources versioned = new ClientResources(LOCATION, forever, versions);
		ClientResources modules = new ClientResources(LOCATION + "modules/", CacheControl.noCache());
		Map<String, ClientResources> handlers = new LinkedHashMap<>();
		handlers.put(prefix + "/*.js", client);
		handlers.put(prefix + "/*.js.map", client);
		handlers.put(prefix + "/*.d.ts", client);
		handlers.put(prefix + "/modules/*.js", modules);
		handlers.put(prefix + "/client-*.js", versioned);
		return handlers;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
		response.setHeader("X-Content-Type-Options", "nosniff");
		// A page of another origin, or a sandboxed frame without one, may import it.
		if (!response.containsHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
			response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
		}
		super.handleRequest(request, response);
	}

	/**
	 * The client's types alone: what the container says may be another, and for
	 * {@code .ts} it is a film.
	 */
	@Override
	protected @Nullable MediaType getMediaType(HttpServletRequest request, Resource resource) {
		String name = String.valueOf(resource.getFilename());
		return TYPES.entrySet()
			.stream()
			.filter((type) -> name.endsWith(type.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
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
