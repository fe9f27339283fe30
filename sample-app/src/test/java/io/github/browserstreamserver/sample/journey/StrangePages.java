/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What journeys need of an application and the sample does not have. The sample's own
 * component scan finds it, as tests start the sample with their class path.
 */
@RestController
class StrangePages extends OncePerRequestFilter {

	/** A login that answers whatever is asked of it. */
	@RequestMapping(path = "/journey/login", produces = MediaType.TEXT_HTML_VALUE)
	String login() {
		return "<!doctype html><title>Log in</title>";
	}

	@RequestMapping("/journey/guarded")
	ResponseEntity<Void> guarded() {
		return ResponseEntity.status(302).header("Location", "/journey/login").build();
	}

	@RequestMapping("/journey/secret")
	ResponseEntity<Void> secret() {
		return ResponseEntity.status(401).build();
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getRequestURI().equals("/journey/isolated.html")) {
			response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
			response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
		}
		chain.doFilter(request, response);
	}

}
