/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.AbstractResourceResolver;
import org.springframework.web.servlet.resource.HttpResource;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * A file of the browser client that the build compressed. It has the name of the file
 * that it is in place of.
 */
final class EncodedFile extends ClassPathResource implements HttpResource {

	private static final Map<String, String> EXTENSIONS = Map.of("br", ".br", "gzip", ".gz");

	private static final List<String> BEST_FIRST = List.of("br", "gzip");

	private final String name;

	private final String encoding;

	private EncodedFile(ClassPathResource file, String encoding) {
		super(file.getPath() + EXTENSIONS.get(encoding), file.getClassLoader());
		this.name = Objects.requireNonNull(file.getFilename());
		this.encoding = encoding;
	}

	@Override
	public String getFilename() {
		return this.name;
	}

	@Override
	public HttpHeaders getResponseHeaders() {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.CONTENT_ENCODING, this.encoding);
		return headers;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return super.equals(other) && other instanceof EncodedFile;
	}

	@Override
	public int hashCode() {
		return super.hashCode();
	}

	/**
	 * Takes the file that the request prefers, of those that there are.
	 */
	static final class Resolver extends AbstractResourceResolver {

		private final ClassPathResource directory;

		Resolver(ClassPathResource directory) {
			this.directory = directory;
		}

		@Override
		protected @Nullable Resource resolveResourceInternal(@Nullable HttpServletRequest request, String requestPath,
				List<? extends Resource> locations, ResourceResolverChain chain) {
			Resource found = chain.resolveResource(request, requestPath, locations);
			if (found == null || request == null) {
				return found;
			}
			// What was found by a versioned name has a weak tag of its own; the file has
			// not.
			ClassPathResource file = new ClassPathResource(this.directory.getPath() + found.getFilename(),
					this.directory.getClassLoader());
			return AcceptedEncodings.of(Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING)))
				.preferred(BEST_FIRST)
				.stream()
				.<Resource>map((encoding) -> new EncodedFile(file, encoding))
				.filter(Resource::exists)
				.findFirst()
				.orElse(file);
		}

		@Override
		protected @Nullable String resolveUrlPathInternal(String resourceUrlPath, List<? extends Resource> locations,
				ResourceResolverChain chain) {
			return chain.resolveUrlPath(resourceUrlPath, locations);
		}

	}

}
